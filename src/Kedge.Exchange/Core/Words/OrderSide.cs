namespace Kedge.Exchange.Core;

/// <summary>Which side of the book an order belongs to.</summary>
public enum OrderSide : byte
{
    /// <summary>A bid; "B" on the wire.</summary>
    Buy,

    /// <summary>An ask; "A" on the wire.</summary>
    Sell,
}
