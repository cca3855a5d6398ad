using Kedge.Conformance.Worlds;

namespace Kedge.Conformance.Matrix;

/// <summary>All rows, and how a world fares with one of them.</summary>
internal static class ConformanceMatrix
{
    /// <summary>By number.</summary>
    public static IReadOnlyList<ConformanceRow> Rows { get; } =
    [
        .. MarketRows
            .All.Concat(OrderRows.All)
            .Concat(WireRows.All)
            .Concat(FaultRows.All)
            .OrderBy(row => row.Id, StringComparer.Ordinal),
    ];

    /// <summary>The row of a number.</summary>
    public static ConformanceRow Row(string id) => Rows.First(row => row.Id == id);

    /// <summary>Tries one row in a world of its own. Throws <see cref="ConformanceFailure"/> when the venue breaks it.</summary>
    /// <returns>Why the row does not apply; null when it holds.</returns>
    public static string? Try(ConformanceRow row, Func<IVenueWorld> create)
    {
        using IVenueWorld world = create();
        if (row.WhyNot(world) is { } why)
        {
            return why;
        }

        row.Run(new Desk(world));
        return null;
    }
}
