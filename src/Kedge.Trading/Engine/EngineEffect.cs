using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;

namespace Kedge.Trading.Engine;

/// <summary>
/// What an engine asks its driver for, in order: what is to be committed stands before what may only be sent once it is. The set is closed.
/// </summary>
public abstract record EngineEffect
{
    private EngineEffect() { }

    /// <summary>
    /// Writes rows down, wholly or not at all. A batch that cannot be written is told by <see cref="EngineEvent.LedgerFailed"/>, before anything else, and the
    /// sends behind it up to the next commit are dropped.
    /// </summary>
    /// <param name="Batch">The rows.</param>
    public sealed record Commit(LedgerBatch Batch) : EngineEffect;

    /// <summary>
    /// Writes exits into the emergency file, while the ledger cannot be written. What is sent behind it is sent even if that fails too, which is told by
    /// <see cref="EngineEvent.EmergencyFailed"/>.
    /// </summary>
    /// <param name="Intents">The exits.</param>
    public sealed record WriteEmergency(IReadOnlyList<LedgerRow.IntentCreated> Intents) : EngineEffect;

    /// <summary>Something for the venue: orders with their receipts, cancels, questions. Dropped when the commit before it failed.</summary>
    /// <param name="Command">What.</param>
    public sealed record Send(VenueCommand Command) : EngineEffect;

    /// <summary>Asks the store for closed main bars of a symbol; ends as <see cref="EngineEvent.BarsLoaded"/>.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length of a bar.</param>
    /// <param name="Request">The engine's number for it.</param>
    /// <param name="Bars">How many of the newest are wanted.</param>
    public sealed record LoadBars(string Symbol, Interval Interval, long Request, int Bars) : EngineEffect;

    /// <summary>Asks for <see cref="EngineEvent.TimerFired"/>; one of the same id that is already set is replaced.</summary>
    /// <param name="Id">The engine's number for it.</param>
    /// <param name="DueMonotonicMs">When, on the monotonic clock.</param>
    public sealed record SetTimer(long Id, long DueMonotonicMs) : EngineEffect;

    /// <summary>A booking was made; account and ledger hold it. For reports and displays.</summary>
    /// <param name="Booking">The fill or payment.</param>
    /// <param name="Strategy">Name of the strategy whose position it changed.</param>
    public sealed record Booked(Booking Booking, string Strategy) : EngineEffect;

    /// <summary>A signal of a strategy became no order; the engine's own limits are told by <see cref="Refused"/>.</summary>
    /// <param name="Strategy">Name of the strategy.</param>
    /// <param name="Signal">What it wanted.</param>
    /// <param name="Code">Stable name of the reason.</param>
    public sealed record SignalRefused(string Strategy, Strategies.StrategySignal Signal, string Code) : EngineEffect;

    /// <summary>An order was refused; the first time at a tick.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Order">What was wanted.</param>
    /// <param name="Code">Stable name of the reason.</param>
    public sealed record Refused(string Symbol, KernelOrder Order, string Code) : EngineEffect;

    /// <summary>A tick has run.</summary>
    /// <param name="TimeMs">The tick, UTC epoch milliseconds.</param>
    /// <param name="Late">Watched symbols whose bar had not come.</param>
    public sealed record Ticked(long TimeMs, int Late) : EngineEffect;

    /// <summary>Something for an operator.</summary>
    /// <param name="Code">Short stable word.</param>
    /// <param name="Text">For people.</param>
    public sealed record Alert(string Code, string Text) : EngineEffect;

    /// <summary>Something worth a line in a log; nobody has to act.</summary>
    /// <param name="Code">Short stable word.</param>
    /// <param name="Text">For people.</param>
    public sealed record Noted(string Code, string Text) : EngineEffect;
}
