namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What a request is for, most urgent first. <see cref="Exit"/> and <see cref="Cancel"/> have a reserve in both budgets.</summary>
internal enum RequestClass
{
    /// <summary>Orders that can only reduce.</summary>
    Exit,

    /// <summary>Cancels.</summary>
    Cancel,

    /// <summary>Other actions.</summary>
    Order,

    /// <summary>What became of an order.</summary>
    Status,

    /// <summary>Other questions somebody waits for.</summary>
    Query,

    /// <summary>Long histories.</summary>
    Bulk,
}
