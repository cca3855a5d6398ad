namespace Kedge.Model.Market;

/// <summary>Where market data comes from, best first.</summary>
public enum HubSource
{
    /// <summary>Nowhere: there is none, or it is too old to be used.</summary>
    None,

    /// <summary>The feed, as it happens.</summary>
    Feed,

    /// <summary>The candle databases.</summary>
    Sqlite,

    /// <summary>Answers of the venue to questions.</summary>
    Rest,
}
