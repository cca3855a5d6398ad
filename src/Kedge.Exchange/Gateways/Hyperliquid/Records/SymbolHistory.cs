using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>What is remembered of one symbol: the tape, funding rates, and the last 24 hours in hourly parts.</summary>
internal sealed class SymbolHistory(GatewaySettings settings)
{
    private const int Hours = 24;
    private const long HourMs = 3_600_000;

    private readonly (long Hour, long Open, long Notional, long Lots)[] _hours = new (long, long, long, long)[Hours];

    public BoundedHistory<TradeRecord> Trades { get; } = new(settings.TradesKept);

    public BoundedHistory<FundingRateRecord> Rates { get; } = new(settings.PaymentsKept);

    /// <summary>The mark moved; the first of an hour is its open.</summary>
    public void Mark(long timeMs, long price) => Slot(timeMs, price);

    /// <summary>A trade was printed.</summary>
    public void Trade(TradeRecord trade)
    {
        Trades.Add(trade);
        ref var slot = ref Slot(trade.TimeMs, trade.Price);
        slot.Notional = Math.Min(long.MaxValue / 64, slot.Notional + (trade.Price * trade.Size));
        slot.Lots = Math.Min(long.MaxValue / 64, slot.Lots + trade.Size);
    }

    /// <summary>Price a day ago (0: none yet), notional in micro-USD and lots traded since.</summary>
    public (long Price, long Notional, long Lots) LastDay(long nowMs)
    {
        long first = (nowMs / HourMs) - Hours + 1;
        (long hour, long price, long notional, long lots) = (long.MaxValue, 0L, 0L, 0L);
        foreach (ref readonly var slot in _hours.AsSpan())
        {
            if (slot.Hour < first || slot.Open == 0)
            {
                continue;
            }

            notional += slot.Notional;
            lots += slot.Lots;
            if (slot.Hour < hour)
            {
                (hour, price) = (slot.Hour, slot.Open);
            }
        }

        return (price, notional, lots);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Trades.Count);
        foreach (TradeRecord trade in Trades)
        {
            RecordBytes.Write(writer, trade);
        }

        writer.Write(Rates.Count);
        foreach (FundingRateRecord rate in Rates)
        {
            writer.Write(rate.TimeMs);
            writer.Write(rate.Rate);
            writer.Write(rate.Premium);
        }

        foreach ((long hour, long open, long notional, long lots) in _hours)
        {
            writer.Write(hour);
            writer.Write(open);
            writer.Write(notional);
            writer.Write(lots);
        }
    }

    public void Load(ref StateReader reader, int symbol)
    {
        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Trades.Add(RecordBytes.ReadTrade(ref reader, symbol));
        }

        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Rates.Add(new FundingRateRecord(reader.Read(), reader.Read(), reader.Read()));
        }

        for (int i = 0; i < Hours; i++)
        {
            _hours[i] = (reader.Read(), reader.Read(), reader.Read(), reader.Read());
        }
    }

    private ref (long Hour, long Open, long Notional, long Lots) Slot(long timeMs, long price)
    {
        long hour = timeMs / HourMs;
        ref var slot = ref _hours[(int)(hour % Hours)];
        if (slot.Hour != hour || slot.Open == 0)
        {
            slot = (hour, price, 0, 0);
        }

        return ref slot;
    }
}
