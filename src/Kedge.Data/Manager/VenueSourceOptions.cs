namespace Kedge.Data.Manager;

/// <summary>How a venue is asked. The defaults suit Hyperliquid.</summary>
public sealed record VenueSourceOptions
{
    /// <summary>Newest candles of an interval that the venue keeps (Hyperliquid, "candleSnapshot").</summary>
    public int KeptBars { get; init; } = 5_000;

    /// <summary>A bar that the venue does not tell this long after its end does not exist, milliseconds.</summary>
    public long SettleMs { get; init; } = 60_000;

    /// <summary>Times that a question is asked at most.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Before it is asked again; twice that before the third time, and so on.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
