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

    /// <summary>Gives a position that is not the lane's to the lane: its exits are tested from now on.</summary>
    public sealed record Adopt : OperatorCommand
    {
        /// <summary>Symbol.</summary>
        public required string Symbol { get; init; }
    }
}
