namespace Kedge.Trading.Risk;

/// <summary>What an order does, as risk sees it.</summary>
public enum RiskAction
{
    /// <summary>Opens a position.</summary>
    Open = 0,

    /// <summary>Adds to a position.</summary>
    Add = 1,

    /// <summary>Closes a part.</summary>
    Reduce = 2,

    /// <summary>Closes the whole.</summary>
    Close = 3,

    /// <summary>Takes back an order that rests.</summary>
    Cancel = 4,
}
