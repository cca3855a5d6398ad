using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>Native memory of a set that was built rather than mapped.</summary>
internal sealed class BuilderOwner(IReadOnlyList<ColumnBuilder> builders) : IDisposable
{
    /// <summary>A set over builders that are sorted by symbol and by time; it takes them over.</summary>
    internal static ColumnCandleSet ToSet(Interval interval, IReadOnlyList<ColumnBuilder> builders)
    {
        string[] symbols = new string[builders.Count];
        BarColumns[] columns = new BarColumns[builders.Count];
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = builders[i].Symbol;
            columns[i] = builders[i].Columns;
        }

        return new ColumnCandleSet(interval, symbols, columns, new BuilderOwner(builders));
    }

    public void Dispose()
    {
        foreach (ColumnBuilder builder in builders)
        {
            builder.Dispose();
        }
    }
}
