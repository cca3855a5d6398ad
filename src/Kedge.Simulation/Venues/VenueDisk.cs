using Kedge.Model.Venues;

namespace Kedge.Simulation.Venues;

/// <summary>What a client keeps on disk: it survives every kill.</summary>
public sealed class VenueDisk
{
    /// <summary>Nonces up to this may have been used.</summary>
    public long NonceFloor { get; internal set; }

    /// <summary>How far the account's history was delivered; the keeper of fills writes it with what it covers, in one step.</summary>
    public AccountCursor? Cursor { get; set; }
}
