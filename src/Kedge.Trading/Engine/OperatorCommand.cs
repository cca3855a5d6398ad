using Kedge.Model.Orders;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Engine;

/// <summary>What an operator orders by hand. The set is closed; every command names who and why, and is written down.</summary>
public abstract record OperatorCommand
{
    private OperatorCommand() { }

    /// <summary>Who gives it.</summary>
    public required string Operator { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Latches or lifts a kill.</summary>
    public sealed record Kill : OperatorCommand
    {
        /// <summary>The command, obeyed once by its id.</summary>
        public required KillCommand Command { get; init; }
    }

    /// <summary>Entries stop until <see cref="Resume"/>; exits go on.</summary>
    public sealed record Pause : OperatorCommand;

    /// <summary>Entries go on.</summary>
    public sealed record Resume : OperatorCommand;

    /// <summary>Closes the lane's position of a symbol at once.</summary>
    public sealed record Close : OperatorCommand
    {
        /// <summary>Symbol; null for all.</summary>
        public string? Symbol { get; init; }
    }

    /// <summary>Cancels one resting order.</summary>
    public sealed record Cancel : OperatorCommand
    {
        /// <summary>Symbol.</summary>
        public required string Symbol { get; init; }

        /// <summary>Our id; none when it is not ours.</summary>
        public ClientOrderId Id { get; init; }

        /// <summary>The venue's id, for an order that is not ours.</summary>
        public long VenueId { get; init; }
    }

    /// <summary>
    /// Places one order. It passes every check and limit an order of the engine passes, but no engine's cooldown; it may rest at the venue, and the engine
    /// never cancels or replaces it. What it opens at a venue is the operator's: it counts toward every limit and is not exited until <see cref="Adopt"/>.
    /// </summary>
    public sealed record Place : OperatorCommand
    {
        /// <summary>The command's own id, 1 to 64 characters: it is obeyed once, however often it is told.</summary>
        public required string Id { get; init; }

        /// <summary>Symbol.</summary>
        public required string Symbol { get; init; }

        /// <summary>Side.</summary>
        public required bool IsBuy { get; init; }

        /// <summary>Base units, above zero, whole lots.</summary>
        public required decimal Size { get; init; }

        /// <summary>Limit on the venue's price grid; null for what is best now: immediate, a little behind the touch.</summary>
        public decimal? Limit { get; init; }

        /// <summary>What becomes of the part of a limit order that does not match at once.</summary>
        public TimeInForce TimeInForce { get; init; }

        /// <summary>It may only make a position smaller.</summary>
        public bool ReduceOnly { get; init; }

        /// <summary>Leverage of what it opens; null for what is set at the venue.</summary>
        public int? Leverage { get; init; }
    }

    /// <summary>Gives a position that is not the lane's to the lane: its exits are tested from now on.</summary>
    public sealed record Adopt : OperatorCommand
    {
        /// <summary>Symbol.</summary>
        public required string Symbol { get; init; }
    }
}
