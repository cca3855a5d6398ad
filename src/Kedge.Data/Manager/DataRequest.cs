using Kedge.Model;

namespace Kedge.Data.Manager;

/// <summary>One question for data of the past: of one symbol, one kind, one range.</summary>
/// <param name="Kind">Candles or funding.</param>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Asset">What the symbol names.</param>
/// <param name="Interval">Length of a candle; an hour for funding.</param>
/// <param name="FromMs">Open time of the first candle wanted, or first moment of funding, UTC epoch milliseconds.</param>
/// <param name="ToMs">Before this moment.</param>
public sealed record DataRequest(DataKind Kind, string Symbol, AssetType Asset, Interval Interval, long FromMs, long ToMs)
{
    /// <summary>Candles.</summary>
    public static DataRequest Candles(string symbol, AssetType asset, Interval interval, long fromMs, long toMs) =>
        new(DataKind.Candles, symbol, asset, interval, fromMs, toMs);

    /// <summary>Funding rates.</summary>
    public static DataRequest Funding(string symbol, AssetType asset, long fromMs, long toMs) =>
        new(DataKind.Funding, symbol, asset, Interval.OneHour, fromMs, toMs);
}
