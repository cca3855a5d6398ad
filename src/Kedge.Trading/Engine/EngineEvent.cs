using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Engine;

/// <summary>What a trading engine is told. The set is closed. Prices have a path of their own, <see cref="TradingEngine.Price"/>.</summary>
public abstract record EngineEvent
{
    private EngineEvent() { }

    /// <summary>A bar of the main, entry or exit series has closed. It advances the symbol's indicators; decisions wait for the tick.</summary>
    /// <param name="Symbol">Symbol as the venue spells it.</param>
    /// <param name="Interval">Length of the bar.</param>
    /// <param name="Bar">The bar.</param>
    /// <param name="IsComplete">Everything that belongs to it is known; a tick waits for it otherwise.</param>
    public sealed record CandleClosed(string Symbol, Interval Interval, Bar Bar, bool IsComplete = true) : EngineEvent;

    /// <summary>A bar that was told before has changed. Nothing is decided anew; the symbol's indicators are rebuilt before the next tick.</summary>
    /// <param name="Symbol">Symbol as the venue spells it.</param>
    /// <param name="Interval">Length of the bar.</param>
    /// <param name="OpenMs">Open time of the bar, UTC epoch milliseconds.</param>
    public sealed record CandleRevised(string Symbol, Interval Interval, long OpenMs) : EngineEvent;

    /// <summary>Bars of the past, as an answer to <see cref="EngineEffect.LoadBars"/>.</summary>
    /// <param name="Symbol">Symbol as the venue spells it.</param>
    /// <param name="Request">Number of the question; an answer to an older one is passed over.</param>
    /// <param name="Bars">Closed main bars, oldest first.</param>
    public sealed record BarsLoaded(string Symbol, long Request, IReadOnlyList<Bar> Bars) : EngineEvent;

    /// <summary>Everything that closed at or before a moment has been told: the tick may run.</summary>
    /// <param name="TimeMs">The tick, UTC epoch milliseconds: a close time.</param>
    public sealed record TickClosed(long TimeMs) : EngineEvent;

    /// <summary>A funding rate was published.</summary>
    /// <param name="Symbol">Symbol as the venue spells it.</param>
    /// <param name="TimeMs">When, UTC epoch milliseconds; records of one symbol come in this order.</param>
    /// <param name="Rate">Rate of the period that ended, a fraction of notional.</param>
    public sealed record FundingRate(string Symbol, long TimeMs, double Rate) : EngineEvent;

    /// <summary>The venue told something: outcomes, fills, payments, snapshots, the session.</summary>
    /// <param name="Event">What.</param>
    public sealed record Told(VenueEvent Event) : EngineEvent;

    /// <summary>A batch could not be written, and nothing behind it was sent. Told before any other event.</summary>
    /// <param name="Batch">Its number.</param>
    /// <param name="Reason">For people.</param>
    public sealed record LedgerFailed(long Batch, string Reason) : EngineEvent;

    /// <summary>The emergency file could not be written either; the exits were sent all the same.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record EmergencyFailed(string Reason) : EngineEvent;

    /// <summary>The journal cannot be written; what follows is not in it until <see cref="JournalWorks"/>.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record JournalFailed(string Reason) : EngineEvent;

    /// <summary>The journal is written again, in a segment of its own that begins with the whole state.</summary>
    public sealed record JournalWorks : EngineEvent;

    /// <summary>Environment and kill file were read.</summary>
    /// <param name="Reading">What they say.</param>
    public sealed record KillRead(KillSwitchReading Reading) : EngineEvent;

    /// <summary>An operator ordered something by hand.</summary>
    /// <param name="Command">What.</param>
    public sealed record Operated(OperatorCommand Command) : EngineEvent;

    /// <summary>A signal of a strategy that decides in another process. It is carried out at the next tick, like any other.</summary>
    /// <param name="Strategy">Name of the strategy; it must be one of the lane's.</param>
    /// <param name="Signal">What it wants.</param>
    public sealed record StrategySignal(string Strategy, Strategies.StrategySignal Signal) : EngineEvent;

    /// <summary>The configuration changed; the caller has validated it. Rules hold from the next tick on, limits at once: a tighter one is not kept waiting.</summary>
    /// <param name="Rules">The new rules, for the same symbols and intervals.</param>
    /// <param name="Risk">The new limits; null when they stay.</param>
    public sealed record ConfigSwapped(EngineRules Rules, RiskSettings? Risk = null) : EngineEvent;

    /// <summary>A timer that was asked for has come.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record TimerFired(long Id) : EngineEvent;

    /// <summary>The run is over, on a candle driver: what is open is closed at its last price.</summary>
    public sealed record RunEnded : EngineEvent;
}
