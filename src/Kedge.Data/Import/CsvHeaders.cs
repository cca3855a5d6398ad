namespace Kedge.Data.Import;

/// <summary>Header texts and what follows from them.</summary>
internal static class CsvHeaders
{
    private static readonly (string Text, CsvFormat Format)[] Known =
    [
        ("open_time_ms,open,high,low,close,volume", CsvFormat.CandlesOfSymbol),
        ("symbol,t,o,h,l,c,v", CsvFormat.Candles),
        ("time_ms,funding_rate", CsvFormat.FundingOfSymbol),
        ("symbol,time,funding_rate", CsvFormat.Funding),
    ];

    internal static bool TryParse(string? line, out CsvFormat format)
    {
        string text = (line ?? "").Trim('\uFEFF', ' ', '\r');
        foreach ((string known, CsvFormat its) in Known)
        {
            if (string.Equals(known, text, StringComparison.OrdinalIgnoreCase))
            {
                format = its;
                return true;
            }
        }

        format = default;
        return false;
    }

    internal static string All => string.Join(" | ", Known.Select(k => k.Text));

    internal static bool IsCandles(this CsvFormat format) => format is CsvFormat.Candles or CsvFormat.CandlesOfSymbol;

    internal static bool NamesSymbol(this CsvFormat format) => format is CsvFormat.Candles or CsvFormat.Funding;

    /// <summary>Number of fields of a line.</summary>
    internal static int Fields(this CsvFormat format) =>
        format switch
        {
            CsvFormat.Candles => 7,
            CsvFormat.CandlesOfSymbol => 6,
            CsvFormat.Funding => 3,
            _ => 2,
        };
}
