namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>Where a number goes that is not on the grid.</summary>
public enum RoundingDirection
{
    /// <summary>Towards zero.</summary>
    Down,

    /// <summary>Away from zero.</summary>
    Up,
}
