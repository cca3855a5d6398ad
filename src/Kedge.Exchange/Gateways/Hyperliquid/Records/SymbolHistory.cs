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

    public ReadOnlySpan<(long Hour, long Open, long Notional, long Lots)> Day => _hours;

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

    public void RestoreHour(int index, (long Hour, long Open, long Notional, long Lots) part) => _hours[index] = part;

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
