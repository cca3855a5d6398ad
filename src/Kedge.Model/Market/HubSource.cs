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

    /// <summary>The venue itself: its own stream of mids, and answers to questions.</summary>
    Rest,
}
