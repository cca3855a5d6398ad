namespace Kedge.Model.Orders;

/// <summary>How the orders of one placement belong together.</summary>
public enum OrderGrouping
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>The first is the parent; take profit and stop loss wait for it and cancel each other.</summary>
    Bracket,

    /// <summary>Take profit and stop loss follow the position's size.</summary>
    Position,
}
