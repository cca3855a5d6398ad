namespace Kedge.Data.Hub;

/// <summary>What is known of one bar of a series.</summary>
internal enum SlotState : byte
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>The bar is here and waits for one before it.</summary>
    Pending,

    /// <summary>The bar was told.</summary>
    Told,

    /// <summary>Nothing traded: there is no bar.</summary>
    Empty,

    /// <summary>It was not found, and later bars were told without it.</summary>
    Skipped,
}
