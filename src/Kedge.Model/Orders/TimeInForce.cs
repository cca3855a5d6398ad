namespace Kedge.Model.Orders;

/// <summary>Which part of an order may match at once, and what happens to the rest.</summary>
public enum TimeInForce
{
    /// <summary>Good till cancelled: the rest waits in the book.</summary>
    Gtc,

    /// <summary>Immediate or cancel.</summary>
    Ioc,

    /// <summary>Post only: refused if any part would match at once.</summary>
    Alo,
}
