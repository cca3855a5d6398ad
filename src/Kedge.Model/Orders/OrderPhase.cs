namespace Kedge.Model.Orders;

/// <summary>Where an order stands, as far as the venue has told. Terminal states need evidence from the venue.</summary>
public enum OrderPhase
{
    /// <summary>In the book, perhaps filled in part.</summary>
    Open,

    /// <summary>Waits for its trigger or its parent.</summary>
    Waiting,

    /// <summary>Filled in full. Terminal.</summary>
    Filled,

    /// <summary>Ended before it was filled in full, by us or by the venue. Terminal.</summary>
    Cancelled,

    /// <summary>Refused. Terminal.</summary>
    Rejected,
}
