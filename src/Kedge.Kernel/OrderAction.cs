namespace Kedge.Kernel;

/// <summary>What an order or a booking does to a position.</summary>
public enum OrderAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Opens a position where none was.</summary>
    Open = 1,

    /// <summary>Adds to a position (pyramiding).</summary>
    Add = 2,

    /// <summary>Closes a part of a position.</summary>
    Reduce = 3,

    /// <summary>Closes a whole position.</summary>
    Close = 4,

    /// <summary>A funding payment; no order.</summary>
    Funding = 5,
}
