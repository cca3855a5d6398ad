using Kedge.Model.Orders;

namespace Kedge.Conformance.Ledgers;

/// <summary>An order as its owner keeps it: written down before it is sent.</summary>
/// <param name="intent">What was wanted.</param>
/// <param name="sentMs">When, true ms of the run.</param>
/// <param name="life">In which life of the client.</param>
internal sealed class LedgerOrder(OrderIntent intent, long sentMs, int life)
{
    public OrderIntent Intent { get; } = intent;

    public long SentMs { get; } = sentMs;

    public int Life { get; } = life;

    /// <summary>Where it stands; null while nobody has said.</summary>
    public OrderPhase? Phase { get; set; }

    /// <summary>It was proven never to have existed.</summary>
    public bool IsAbsent { get; set; }

    /// <summary>The venue or the adapter refused it.</summary>
    public RejectCode? Refusal { get; set; }

    public string? RefusalText { get; set; }

    public bool WasUnknown { get; set; }

    /// <summary>Outcomes of the placement: one, or none when the client died meanwhile.</summary>
    public int Outcomes { get; set; }

    /// <summary>Life in which the venue was last told to find out what became of it; 0 for none, or when that was refused.</summary>
    public int AskedInLife { get; set; }

    public long? VenueId { get; set; }

    public decimal Filled { get; set; }

    public decimal? Remaining { get; set; }

    public string Status { get; set; } = "";

    /// <summary>Nothing can happen to it any more.</summary>
    public bool IsOver => IsAbsent || Phase is OrderPhase.Filled or OrderPhase.Cancelled or OrderPhase.Rejected;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Intent.Id} {Intent.Symbol} {(Intent.IsBuy ? "buy" : "sell")} {Intent.Size} at {Intent.LimitPrice} {Intent.TimeInForce}: "
        + (IsAbsent ? "absent" : Phase?.ToString() ?? "no word")
        + (Refusal is { } code ? $" ({code}: {RefusalText})" : "")
        + $" life {Life} sent {SentMs} status {Status}";
}
