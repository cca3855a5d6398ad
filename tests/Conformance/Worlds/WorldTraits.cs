namespace Kedge.Conformance.Worlds;

/// <summary>What a world can do beyond letting a venue run.</summary>
[Flags]
internal enum WorldTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Time is virtual: minutes cost nothing.</summary>
    VirtualTime = 1,

    /// <summary>What the venue itself knows can be read.</summary>
    Truth = 2,

    /// <summary>The wire can be made to fail.</summary>
    WireFaults = 4,

    /// <summary>The venue can be made to misbehave.</summary>
    VenueFaults = 8,

    /// <summary>The client can be killed and started again.</summary>
    ClientRestart = 16,

    /// <summary>The venue can be killed and started again.</summary>
    VenueRestart = 32,

    /// <summary>The session has a connection: it tells when it is up and down.</summary>
    Connection = 64,

    /// <summary>The venue refuses orders by its own rules.</summary>
    Rules = 128,

    /// <summary>Orders are filled when they cross the market.</summary>
    Fills = 256,

    /// <summary>The venue limits requests.</summary>
    Limits = 512,

    /// <summary>Orders are carried out, by somebody or on paper.</summary>
    Executes = 1024,

    /// <summary>Orders are written down and not sent.</summary>
    WritesDown = 2048,
}
