using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Market;

/// <summary>
/// Candles of all symbols in every length a client can ask for. Recorded bars become history as they are; what happens now comes in as prices
/// of the path (<see cref="Touch"/>) and trades of the tape (<see cref="Trade"/>). The newest 5,000 of each length are kept. A minute in which
/// nothing happens has no candle.
/// </summary>
internal sealed class CandleStore
{
    private readonly CandleSeries[] _series;

    /// <summary>A store without candles.</summary>
    /// <param name="symbols">Number of symbols.</param>
    public CandleStore(int symbols)
    {
        Symbols = symbols;
        _series = new CandleSeries[symbols * CandleInterval.Count];
        for (int i = 0; i < _series.Length; i++)
        {
            _series[i] = new CandleSeries(i / CandleInterval.Count, CandleInterval.LengthAt(i % CandleInterval.Count));
        }
    }

    /// <summary>Number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>Hears of every candle that changes, one call for each length; null for nobody. History is not told.</summary>
    public IVenueListener? Listener { get; set; }

    /// <summary>
    /// Takes a recorded bar into the candles of its own length and of the longer ones that hold it whole. Bars of a symbol come oldest first.
    /// </summary>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="trades">Recorded number of trades, 0 when it is not known.</param>
    public void Load(int symbol, in MarketBar bar, int trades)
    {
        CandleRecord piece = new(symbol, 0, bar.OpenMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, trades);
        for (int i = 0; i < CandleInterval.Count; i++)
        {
            long intervalMs = CandleInterval.LengthAt(i);
            if (intervalMs >= bar.LengthMs && intervalMs % bar.LengthMs == 0)
            {
                Series(symbol, i).Add(in piece);
            }
        }
    }

    /// <summary>The path was at a price.</summary>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="timeMs">UTC epoch milliseconds.</param>
    /// <param name="price">Ticks.</param>
    /// <param name="trades">
    /// Recorded trades that this moment stands for, beyond those that <see cref="Trade"/> will tell; below zero when it will tell more.
    /// </param>
    /// <param name="volume">Lots that <see cref="Trade"/> will not tell.</param>
    public void Touch(int symbol, long timeMs, long price, int trades = 0, long volume = 0) =>
        Add(new CandleRecord(symbol, 0, timeMs, price, price, price, price, volume, trades));

    /// <summary>A trade of the tape, prints without accounts included.</summary>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="timeMs">UTC epoch milliseconds.</param>
    /// <param name="price">Ticks.</param>
    /// <param name="size">Lots.</param>
    public void Trade(int symbol, long timeMs, long price, long size) =>
        Add(new CandleRecord(symbol, 0, timeMs, price, price, price, price, size, 1));

    /// <summary>The forming or, before its first trade, the last candle; false when there is none or the length is unknown.</summary>
    public bool TryCurrent(int symbol, long intervalMs, out CandleRecord candle)
    {
        int place = CandleInterval.Find(intervalMs);
        CandleSeries? series = place < 0 ? null : Series(symbol, place);
        candle = series is { Count: > 0 } ? series[series.Count - 1] : default;
        return series is { Count: > 0 };
    }

    /// <summary>Candles that begin at <paramref name="fromMs"/> or later and not after <paramref name="toMs"/>, oldest first.</summary>
    public IEnumerable<CandleRecord> Between(int symbol, long intervalMs, long fromMs, long toMs)
    {
        int place = CandleInterval.Find(intervalMs);
        if (place < 0)
        {
            yield break;
        }

        CandleSeries series = Series(symbol, place);
        for (int i = series.FirstFrom(fromMs); i < series.Count; i++)
        {
            if (series[i].OpenMs > toMs)
            {
                yield break;
            }

            yield return series[i];
        }
    }

    /// <summary>
    /// Changes the close of a 1m candle that is over, as a venue does that corrects itself; its range grows to enclose it, and so do the longer
    /// candles that hold it. Their close changes when it is the last minute they have.
    /// </summary>
    /// <returns>False when that candle is not kept or is the newest.</returns>
    public bool TryRevise(int symbol, long openMs, long close)
    {
        CandleSeries minutes = Series(symbol, 0);
        int at = close > 0 ? minutes.Find(openMs) : -1;
        if (at < 0 || at == minutes.Count - 1)
        {
            return false;
        }

        long nextOpenMs = minutes[at + 1].OpenMs;
        for (int i = 0; i < CandleInterval.Count; i++)
        {
            long intervalMs = CandleInterval.LengthAt(i);
            CandleSeries series = Series(symbol, i);
            int index = series.Find(CandleInterval.OpenOf(intervalMs, openMs));
            if (index < 0)
            {
                continue;
            }

            ref CandleRecord candle = ref series[index];
            bool isLastMinute = nextOpenMs >= CandleInterval.EndOf(intervalMs, candle.OpenMs);
            candle = candle with
            {
                High = Math.Max(candle.High, close),
                Low = Math.Min(candle.Low, close),
                Close = isLastMinute ? close : candle.Close,
            };
            Listener?.CandleChanged(in candle);
        }

        return true;
    }

    /// <summary>Writes all candles.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(Symbols);
        foreach (CandleSeries series in _series)
        {
            series.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Damaged, or of another number of symbols.</exception>
    public static CandleStore Load(ref StateReader reader, int symbols)
    {
        CandleStore store = new(symbols);
        store.Restore(ref reader);
        return store;
    }

    /// <summary>Replaces all candles by what <see cref="Save"/> wrote, so that whoever holds the store need not hear of it.</summary>
    /// <exception cref="InvalidDataException">Damaged, or of another number of symbols.</exception>
    public void Restore(ref StateReader reader)
    {
        if (reader.ReadInt() != Symbols)
        {
            throw new InvalidDataException("The saved candles belong to other instruments.");
        }

        foreach (CandleSeries series in _series)
        {
            series.Load(ref reader);
        }
    }

    private CandleSeries Series(int symbol, int place) => _series[(symbol * CandleInterval.Count) + place];

    private void Add(in CandleRecord piece)
    {
        for (int i = 0; i < CandleInterval.Count; i++)
        {
            CandleSeries series = Series(piece.Symbol, i);
            int at = series.Add(in piece);
            if (at >= 0)
            {
                Listener?.CandleChanged(in series[at]);
            }
        }
    }
}
