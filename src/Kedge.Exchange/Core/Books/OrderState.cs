namespace Kedge.Exchange.Core.Books;

/// <summary>Where a live order is kept.</summary>
internal enum OrderState : byte
{
    /// <summary>The slot is free.</summary>
    Free,

    /// <summary>Being matched; in no book.</summary>
    Active,

    /// <summary>In the order book.</summary>
    Resting,

    /// <summary>In the trigger book.</summary>
    Trigger,

    /// <summary>Waiting for its parent.</summary>
    Child,
}
