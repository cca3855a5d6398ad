using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Market;

/// <summary>Candles of one symbol and length, oldest first: a ring that keeps the newest 5,000. The last one may still be forming.</summary>
internal sealed class CandleSeries(int symbol, long intervalMs)
{
    /// <summary>Candles kept, as at the venue; the oldest gives way.</summary>
    public const int KeptMax = 5_000;

    private CandleRecord[] _ring = [];
    private int _first;

    public int Count { get; private set; }

    /// <summary>By age, 0 the oldest that is kept.</summary>
    public ref CandleRecord this[int index] => ref _ring[(_first + index) % _ring.Length];

    /// <summary>
    /// Takes a piece of the market into the candle of its moment. A piece older than the newest candle changes the candle it belongs to, and
    /// only its range, volume and number; one that belongs to no candle that is kept is dropped.
    /// </summary>
    /// <returns>Index of the candle, −1 when dropped.</returns>
    public int Add(in CandleRecord piece)
    {
        long openMs = CandleInterval.OpenOf(intervalMs, piece.OpenMs);
        if (Count == 0 || openMs > this[Count - 1].OpenMs)
        {
            Append(piece with { Symbol = symbol, IntervalMs = intervalMs, OpenMs = openMs });
            return Count - 1;
        }

        int at = Find(openMs);
        if (at >= 0)
        {
            ref CandleRecord candle = ref this[at];
            bool isNewest = at == Count - 1;
            candle = candle with
            {
                High = Math.Max(candle.High, piece.High),
                Low = Math.Min(candle.Low, piece.Low),
                Close = isNewest ? piece.Close : candle.Close,
                Volume = candle.Volume + piece.Volume,
                Trades = candle.Trades + piece.Trades,
            };
        }

        return at;
    }

    /// <summary>Index of the candle that begins at a moment, −1 when it is not kept.</summary>
    public int Find(long openMs)
    {
        int at = FirstFrom(openMs);
        return at < Count && this[at].OpenMs == openMs ? at : -1;
    }

    /// <summary>Index of the first candle that begins at a moment or later.</summary>
    public int FirstFrom(long openMs)
    {
        int from = 0;
        int to = Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (this[middle].OpenMs < openMs)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Count);
        for (int i = 0; i < Count; i++)
        {
            ref CandleRecord candle = ref this[i];
            writer.Write(candle.OpenMs);
            writer.Write(candle.Open);
            writer.Write(candle.High);
            writer.Write(candle.Low);
            writer.Write(candle.Close);
            writer.Write(candle.Volume);
            writer.Write(candle.Trades);
        }
    }

    public void Load(ref StateReader reader)
    {
        int count = reader.ReadIndex(KeptMax + 1);
        Count = 0;
        _first = 0;
        for (int i = 0; i < count; i++)
        {
            CandleRecord candle = new(
                symbol,
                intervalMs,
                reader.Read(),
                reader.Read(),
                reader.Read(),
                reader.Read(),
                reader.Read(),
                reader.Read(),
                reader.ReadInt()
            );
            if (Count > 0 && candle.OpenMs <= this[Count - 1].OpenMs)
            {
                throw new InvalidDataException("Saved candles are out of order.");
            }

            Append(candle);
        }
    }

    private void Append(CandleRecord candle)
    {
        if (Count == KeptMax)
        {
            _ring[_first] = candle;
            _first = (_first + 1) % KeptMax;
            return;
        }

        if (Count == _ring.Length)
        {
            // It grows only while nothing has given way yet, so the oldest is at the start.
            Array.Resize(ref _ring, Math.Min(KeptMax, Math.Max(64, 2 * _ring.Length)));
        }

        _ring[Count++] = candle;
    }
}
