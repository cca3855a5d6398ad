using System.Numerics;
using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>
/// Snapshots made of columns, of the newest main bars of every symbol, each made when it is first asked for. Walks over the same columns share one that holds
/// the stretch they take turns on; a walk with columns of its own has one of a single bar.
/// </summary>
internal sealed unsafe class ViewTable : IDisposable
{
    private readonly NativeArray<Snapshot> _rows;
    private readonly int _symbols;

    /// <summary>A table.</summary>
    /// <param name="symbols">Symbols.</param>
    /// <param name="bars">Bars it holds at least; a power of two is what it holds.</param>
    public ViewTable(int symbols, int bars)
    {
        int rows = (int)BitOperations.RoundUpToPowerOf2((uint)bars);
        Mask = rows - 1;
        _symbols = symbols;
        _rows = new NativeArray<Snapshot>((long)symbols * rows);
        Forget();
    }

    /// <summary>Snapshots of all symbols at one bar, then those at the next; a bar has the row of its last digits.</summary>
    public Snapshot* Rows => _rows.Start;

    /// <summary>The digits of a bar that count.</summary>
    public int Mask { get; }

    /// <summary>Where the snapshot of a symbol at a bar stands.</summary>
    public Snapshot* Row(int symbol, int bar) => Rows + ((long)(bar & Mask) * _symbols) + symbol;

    /// <summary>Bytes of a table before it is made.</summary>
    public static long BytesOf(int symbols, int bars) =>
        (long)symbols * BitOperations.RoundUpToPowerOf2((uint)bars) * sizeof(Snapshot);

    /// <summary>Makes every snapshot anew: the columns are others.</summary>
    public void Forget()
    {
        for (long i = 0; i < _rows.Length; i++)
        {
            _rows.Start[i].BarCount = -1;
        }
    }

    /// <summary>Makes the snapshots of all bars that are the newest at some tick of a stretch.</summary>
    /// <param name="data">Candles.</param>
    /// <param name="columns">Columns by symbol.</param>
    /// <param name="start">Its first tick.</param>
    /// <param name="stop">The first tick behind it.</param>
    public void Make(MarketData data, SymbolColumns* columns, int start, int stop)
    {
        for (int s = 0; s < data.Symbols; s++)
        {
            Moment* moments = data.Moments.Of(s);
            int last = moments[stop - 1].Main;
            for (int bar = Math.Max(0, moments[start].Main); bar <= last; bar++)
            {
                columns[s].Show(bar, Row(s, bar));
            }
        }
    }

    public void Dispose() => _rows.Dispose();
}
