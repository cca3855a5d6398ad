namespace Kedge.Model.Market;

/// <summary>What falls back and comes back on its own.</summary>
public enum HubChannel
{
    /// <summary>Price of a symbol.</summary>
    Mid,

    /// <summary>Best bid and offer of a symbol.</summary>
    Quote,

    /// <summary>Closed candles of a symbol and an interval.</summary>
    Candles,
}
