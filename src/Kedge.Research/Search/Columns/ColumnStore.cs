namespace Kedge.Research.Search.Columns;

/// <summary>Indicator columns by kind and windows, in the store that all threads share.</summary>
internal sealed unsafe class ColumnStore
{
    private readonly MarketData _data;
    private readonly SharedStore _shared;

    public ColumnStore(MarketData data, SharedStore shared)
    {
        _data = data;
        _shared = shared;
    }

    /// <summary>Borrows a column; it is made when it is not there.</summary>
    public SharedStore.Entry Borrow(ColumnKey key) =>
        _shared.Borrow(key, Math.Max(_data.Bars, 1) * sizeof(double), () => Make(key));

    /// <summary>The column another one is made from.</summary>
    private static ColumnKey? SourceOf(ColumnKey key) =>
        key.Kind switch
        {
            ColumnKind.BandRatio => new ColumnKey(ColumnKind.BandWidth, key.Window),
            ColumnKind.AverageAtr => new ColumnKey(ColumnKind.Atr, key.Window),
            ColumnKind.StochRsi => new ColumnKey(ColumnKind.Rsi, key.Window),
            _ => null,
        };

    private Column Make(ColumnKey key)
    {
        SharedStore.Entry? source = SourceOf(key) is { } from ? Borrow(from) : null;
        try
        {
            double* input = source is null ? null : ((Column)source.Thing!).Start;
            Column column = new(_data.Bars);
            for (int s = 0; s < _data.Symbols; s++)
            {
                int offset = _data.Main.Offsets[s];
                ColumnMath.Fill(
                    key,
                    _data.Main.Bars(s),
                    _data.Main.Count(s),
                    input is null ? null : input + offset,
                    column.Start + offset
                );
            }

            return column;
        }
        finally
        {
            if (source is not null)
            {
                _shared.Return(source);
            }
        }
    }
}
