namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>By what the chance of a fault is counted.</summary>
public enum FaultRhythm
{
    /// <summary>By requests over HTTP.</summary>
    Request,

    /// <summary>By frames sent, by answers with candles, and by records of histories.</summary>
    Frame,

    /// <summary>By days.</summary>
    Day,
}
