using Kedge.Model.Orders;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>What the desk knows of one order it sent, or is about to send.</summary>
internal sealed class OrderTrack
{
    /// <summary>An order.</summary>
    public OrderTrack(OrderIntent intent)
    {
        Intent = intent;
        Id = intent.Id;
    }

    /// <summary>An order that an earlier life may have sent.</summary>
    public OrderTrack(ClientOrderId id) => Id = id;

    /// <summary>As it was asked for; null for an order of an earlier life.</summary>
    public OrderIntent? Intent { get; }

    /// <summary>Our id.</summary>
    public ClientOrderId Id { get; }

    /// <summary>It is proven that it never existed and never will.</summary>
    public bool IsAbsent { get; set; }

    /// <summary>Where it stands.</summary>
    public OrderTrackState State { get; set; }

    /// <summary>The venue's id, once it is known; 0 before.</summary>
    public long VenueId { get; set; }

    /// <summary>The venue's time when it was sent; 0 before.</summary>
    public long SentVenueMs { get; set; }

    /// <summary>Our monotonic time when it was sent, or a later one; 0 before.</summary>
    public long SentMonotonicMs { get; set; }

    /// <summary>After which the venue refuses it, by its clock; 0 before it is sent, and for an order of an earlier life.</summary>
    public long ExpiryMs { get; set; }

    /// <summary>How long after its sending it may arrive, milliseconds; 0 for one of an earlier life.</summary>
    public int LifeMs { get; set; }

    /// <summary>The last the venue said of it.</summary>
    public OrderReport? LastReport { get; set; }

    /// <summary>Sum of the fills that were seen, base units.</summary>
    public decimal FilledSize { get; set; }

    /// <summary>Time of the last of them, by the venue's clock.</summary>
    public long LastFillMs { get; set; }

    /// <summary>The venue told of it in any way: it exists, whatever "not found" says.</summary>
    public bool IsSeen => LastReport is not null || FilledSize > 0m;
}
