using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Trading.Oms;

/// <summary>One intent of the lane as the engine holds it. The ledger holds the same.</summary>
internal sealed class LaneIntent
{
    public LaneIntent(LedgerRow.IntentCreated row, int symbol, in KernelOrder order)
    {
        Row = row;
        Symbol = symbol;
        Order = order;
        Size = row.RequestedSize.ToDecimal();
        Limit = row.LimitPrice?.ToDecimal() ?? 0m;
    }

    /// <summary>As it was created.</summary>
    public LedgerRow.IntentCreated Row { get; }

    /// <summary>Rank of the symbol; −1 when it is not watched any more.</summary>
    public int Symbol { get; }

    /// <summary>What the kernel wanted.</summary>
    public KernelOrder Order { get; }

    /// <summary>Base units ordered.</summary>
    public decimal Size { get; }

    public IntentStatus Status { get; set; } = IntentStatus.New;

    public long? VenueOrderId { get; set; }

    /// <summary>Base units of its fills that are booked.</summary>
    public decimal Filled { get; set; }

    /// <summary>How much was filled when the venue said that it ended; null while it has not.</summary>
    public decimal? EndedAt { get; set; }

    /// <summary>The state it ends in once its fills are booked.</summary>
    public IntentStatus EndsAs { get; set; }

    /// <summary>What proves the end.</summary>
    public string Evidence { get; set; } = "";

    /// <summary>Who let it through.</summary>
    public RiskReceipt? Receipt { get; set; }

    /// <summary>Worst acceptable price.</summary>
    public decimal Limit { get; set; }

    /// <summary>Leverage that must be set before it is sent; 0 when none must.</summary>
    public int AwaitsLeverage { get; set; }

    /// <summary>When the venue was asked about it, monotonic clock; <see cref="long.MinValue"/> when it has to be asked.</summary>
    public long AskedMonotonicMs { get; set; } = long.MinValue;

    /// <summary>When that was last tried.</summary>
    public long TriedMonotonicMs { get; set; }

    /// <summary>Its submit returned, or became unknown.</summary>
    public bool WasSent { get; set; }

    /// <summary>It was written into the emergency file and sent while the ledger could not be written.</summary>
    public bool IsEmergency { get; set; }

    /// <summary>Batch of the ledger that holds it as about to be sent.</summary>
    public long Batch { get; set; }

    /// <summary>When it was handed to the venue, monotonic clock.</summary>
    public long SentMonotonicMs { get; set; }

    /// <summary>Since when its outcome is unknown, monotonic clock; 0 when it is not.</summary>
    public long UnknownSinceMs { get; set; }

    /// <summary>When the venue said that it ended, monotonic clock.</summary>
    public long EndedMonotonicMs { get; set; }

    /// <summary>Quote when it was sent; 0 when there was none.</summary>
    public double Bid { get; set; }

    /// <summary>Likewise.</summary>
    public double Ask { get; set; }

    /// <summary>Mid price when it was sent; 0 when none was fresh.</summary>
    public double Mid { get; set; }

    /// <summary>It holds the kernel's place for a working order of its symbol.</summary>
    public bool HoldsPlace { get; set; }

    /// <summary>How often the same exit was sent before it, with unknown outcome.</summary>
    public int Attempt { get; set; }

    /// <summary>Fills that did not come after the end were alerted.</summary>
    public bool MissesFills { get; set; }

    /// <summary>It rested too long, and its cancel is on its way.</summary>
    public bool IsStale { get; set; }

    /// <summary>How many stale orders before it it stands for.</summary>
    public int Replaces { get; set; }

    /// <summary>Its venue id was guessed from a fill without ids, not told.</summary>
    public bool IsGuessed { get; set; }

    /// <summary>An operator placed it: it may rest, and holds none of the kernel's places. A close that an operator orders is the engine's own.</summary>
    public bool IsPlaced => Row.Owner == IntentOwner.Operator && Row.Action != OrderAction.Close;

    /// <summary>The venue has it, and it waits there for its price.</summary>
    public bool Rests =>
        IsPlaced
        && Row.TimeInForce != TimeInForce.Ioc
        && (Status is IntentStatus.Sent or IntentStatus.Partial)
        && EndedAt is null;

    public bool IsEntry => Row.Action is OrderAction.Open or OrderAction.Add;

    public bool IsTerminal => IntentTransitions.IsTerminal(Status);

    /// <summary>The venue may have it, now or soon, or its fills are not all booked.</summary>
    public bool IsInFlight => !IsTerminal && Status != IntentStatus.New;
}
