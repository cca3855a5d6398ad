namespace Kedge.Data.Checks;

/// <summary>What a check can find.</summary>
public enum CheckKind
{
    /// <summary>Bars missing inside a series.</summary>
    Gap,

    /// <summary>One open time stored more than once in a database.</summary>
    Duplicate,

    /// <summary>A number that cannot be computed with: not finite, not positive, high below low, negative volume, no epoch time.</summary>
    Unusable,

    /// <summary>Open or close outside [low, high].</summary>
    OutsideRange,

    /// <summary>An open time that is no multiple of the interval.</summary>
    Misaligned,

    /// <summary>A stored close time that is not open + interval − 1 ms.</summary>
    CloseTime,

    /// <summary>A long run of bars without volume. A note: thin symbols have them.</summary>
    ZeroVolume,

    /// <summary>Bars held by several databases of the list. A note: the first in the list is used.</summary>
    Overlap,
}
