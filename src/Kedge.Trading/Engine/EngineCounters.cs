namespace Kedge.Trading.Engine;

/// <summary>What an engine refused, missed or passed over, since it was made.</summary>
public sealed class EngineCounters
{
    /// <summary>Ticks that have run.</summary>
    public long Ticks { get; internal set; }

    /// <summary>Bars that came after their tick had run; their symbols joined no entry phase for it.</summary>
    public long LateBars { get; internal set; }

    /// <summary>Bars that had been told before, or were older than what is known.</summary>
    public long RepeatedBars { get; internal set; }

    /// <summary>Events of symbols that are not watched.</summary>
    public long Strangers { get; internal set; }

    /// <summary>Prices that are none: zero, negative, not finite.</summary>
    public long BadPrices { get; internal set; }

    /// <summary>Looks at a held symbol without a fresh price.</summary>
    public long StalePrices { get; internal set; }

    /// <summary>Ticks that were left out because they were too long ago.</summary>
    public long MissedTicks { get; internal set; }

    /// <summary>Signals of strategies behind the port, refused ones included.</summary>
    public long Signals { get; internal set; }

    /// <summary>Signals that became no order, before the engine's limits were asked.</summary>
    public long SignalsRefused { get; internal set; }

    /// <summary>Orders refused, all codes together.</summary>
    public long Refused { get; internal set; }
}
