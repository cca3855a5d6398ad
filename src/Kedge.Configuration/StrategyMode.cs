namespace Kedge.Configuration;

/// <summary>A strategy mode: which overlay of <c>modes</c> applies.</summary>
public enum StrategyMode
{
    /// <summary>Overlay <c>modes.primary</c>.</summary>
    Primary = 0,

    /// <summary>Overlay <c>modes.fallback</c>.</summary>
    Fallback = 1,

    /// <summary>Overlay <c>modes.conservative</c>.</summary>
    Conservative = 2,

    /// <summary>Overlay <c>modes.flat</c>; no entries, what is open is managed.</summary>
    Flat = 3,
}
