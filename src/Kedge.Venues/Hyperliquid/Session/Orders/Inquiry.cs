namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>An order being asked about until it is known what became of it.</summary>
internal sealed class Inquiry
{
    /// <summary>An inquiry.</summary>
    public Inquiry(OrderTrack track) => Track = track;

    /// <summary>The order.</summary>
    public OrderTrack Track { get; }

    /// <summary>When the next question is due, monotonic.</summary>
    public long DueMs { get; set; }

    /// <summary>Pause before the question after that, milliseconds.</summary>
    public long PauseMs { get; set; }

    /// <summary>A question is under way.</summary>
    public bool IsAsking { get; set; }

    /// <summary>Answers "not found" that count as absence.</summary>
    public int Absent { get; set; }

    /// <summary>When the last of them was asked for, monotonic.</summary>
    public long LastAbsentMs { get; set; } = long.MinValue / 2;

    /// <summary>Whether the next question goes by the venue's id, where that is known.</summary>
    public bool ByVenueId { get; set; }

    /// <summary>It is settled.</summary>
    public bool IsOver { get; set; }
}
