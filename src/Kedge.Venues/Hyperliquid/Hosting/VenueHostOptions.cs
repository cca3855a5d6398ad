using Kedge.Model.Files;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>What a <see cref="HyperliquidVenue"/> is made with.</summary>
public sealed record VenueHostOptions
{
    /// <summary>Which venue.</summary>
    public required NetworkEndpoint Network { get; init; }

    /// <summary>How the session behaves. Its network is taken from <see cref="Network"/>.</summary>
    public required SessionSettings Session { get; init; }

    /// <summary>How far the account's history was delivered and kept; null for a session without an account.</summary>
    public AccountCursor? Cursor { get; init; }

    /// <summary>Folder of the nonce file of the signer; all processes of one user that use one key must name the same. Needed with a signer.</summary>
    public string? StateFolder { get; init; }

    /// <summary>The machine's files, for the nonces. Needed with a signer.</summary>
    public IFileSystem? Files { get; init; }

    /// <summary>Commands that may wait; further ones end as not sent.</summary>
    public int MaxCommands { get; init; } = 4_096;

    /// <summary>Longest answer and longest message that is taken, bytes.</summary>
    public int MaxMessageBytes { get; init; } = 1 << 26;

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
