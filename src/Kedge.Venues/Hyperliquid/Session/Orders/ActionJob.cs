using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Actions;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>One action on its way.</summary>
internal sealed class ActionJob
{
    /// <summary>Hears what the end proves, once.</summary>
    public delegate void Ended(in Verdict verdict, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>What it is for.</summary>
    public required RequestClass Class { get; init; }

    /// <summary>Orders or cancels in it.</summary>
    public required int Elements { get; init; }

    /// <summary>Writes the action.</summary>
    public required Action<ActionWriter> Write { get; init; }

    /// <summary>Hears what the end proves.</summary>
    public required Ended End { get; init; }

    /// <summary>The orders it carries; such an action expires. Cancels do not: one that arrives late costs five times as much when it expires.</summary>
    public IReadOnlyList<OrderTrack> Orders { get; init; } = [];

    /// <summary>Until when it may wait for a nonce, monotonic.</summary>
    public long DeadlineMs { get; set; }

    /// <summary>It could not be sent for want of a nonce.</summary>
    public bool LacksNonce { get; set; }

    /// <summary>Its end was told.</summary>
    public bool HasEnded { get; set; }
}
