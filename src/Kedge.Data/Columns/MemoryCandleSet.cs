using System.Text;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>A candle set made from bars in memory, with the same checks, order, columns and hash as one read from a database.</summary>
public sealed class MemoryCandleSet : ICandleSet
{
    private readonly ColumnCandleSet _set;

    /// <summary>Copies the bars. Symbols without bars are left out; bars may come in any order.</summary>
    /// <param name="interval">Length of every bar.</param>
    /// <param name="bars">Bars by symbol.</param>
    /// <exception cref="KedgeException">A bar is unusable, or a time occurs twice in a symbol.</exception>
    public MemoryCandleSet(Interval interval, IReadOnlyDictionary<string, IReadOnlyList<Bar>> bars)
    {
        List<ColumnBuilder> builders = [];
        try
        {
            foreach ((string symbol, IReadOnlyList<Bar> series) in bars.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                if (series.Count > 0)
                {
                    ColumnBuilder builder = new(symbol, Encoding.UTF8.GetBytes(symbol));
                    builders.Add(builder);
                    Fill(builder, series);
                }
            }
        }
        catch
        {
            new BuilderOwner(builders).Dispose();
            throw;
        }

        _set = BuilderOwner.ToSet(interval, builders);
    }

    /// <summary>Copies the bars of a dictionary of lists.</summary>
    /// <param name="interval">Length of every bar.</param>
    /// <param name="bars">Bars by symbol.</param>
    /// <exception cref="KedgeException">A bar is unusable, or a time occurs twice in a symbol.</exception>
    public MemoryCandleSet(Interval interval, IReadOnlyDictionary<string, List<Bar>> bars)
        : this(interval, bars.ToDictionary(p => p.Key, p => (IReadOnlyList<Bar>)p.Value, StringComparer.Ordinal)) { }

    /// <inheritdoc/>
    public Interval Interval => _set.Interval;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols => _set.Symbols;

    /// <inheritdoc/>
    public string DataHash => _set.DataHash;

    /// <summary>The set behind, which views share.</summary>
    internal ColumnCandleSet Inner => _set;

    /// <inheritdoc/>
    public BarColumns Bars(int symbol) => _set.Bars(symbol);

    /// <inheritdoc/>
    public GapSummary Gaps(int symbol) => _set.Gaps(symbol);

    /// <inheritdoc/>
    public void Dispose() => _set.Dispose();

    private static void Fill(ColumnBuilder builder, IReadOnlyList<Bar> series)
    {
        foreach (Bar bar in series)
        {
            if (BarRules.Problem(in bar) is { } problem)
            {
                throw new KedgeException(FailureKind.CheckFailed, $"{builder.Symbol} bar at {bar.OpenTimeMs}: {problem}");
            }

            builder.Add(in bar);
        }

        long duplicate = builder.Sort();
        if (duplicate >= 0)
        {
            throw new KedgeException(FailureKind.CheckFailed, $"{builder.Symbol} bar at {duplicate}: is there twice");
        }
    }
}
