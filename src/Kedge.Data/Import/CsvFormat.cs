namespace Kedge.Data.Import;

/// <summary>The four headers that are understood.</summary>
internal enum CsvFormat
{
    /// <summary><c>open_time_ms,open,high,low,close,volume</c>; the symbol is the file name up to the first dot.</summary>
    CandlesOfSymbol,

    /// <summary><c>symbol,t,o,h,l,c,v</c>.</summary>
    Candles,

    /// <summary><c>time_ms,funding_rate</c>; the symbol is the file name up to the first dot.</summary>
    FundingOfSymbol,

    /// <summary><c>symbol,time,funding_rate</c>.</summary>
    Funding,
}
