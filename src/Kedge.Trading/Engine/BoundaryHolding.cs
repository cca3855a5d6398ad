using Kedge.Kernel;

namespace Kedge.Trading.Engine;

/// <summary>What was held of a symbol when an hour ended, for a funding record that comes later.</summary>
/// <param name="BoundaryMs">The hour, UTC epoch milliseconds.</param>
/// <param name="Symbol">Rank of the symbol.</param>
/// <param name="PositionId">Number of the position.</param>
/// <param name="Side">Its side.</param>
/// <param name="Size">Its size, base units.</param>
/// <param name="Mark">Last price known.</param>
internal readonly record struct BoundaryHolding(
    long BoundaryMs,
    int Symbol,
    long PositionId,
    Side Side,
    double Size,
    double Mark
);
