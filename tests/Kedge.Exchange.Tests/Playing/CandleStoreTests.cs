using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Tests.Playing;

/// <summary>Candles: what is kept, what is revised, where they begin.</summary>
public sealed class CandleStoreTests
{
    private const long MinuteMs = 60_000;
    private const long StartMs = 472_222 * 3_600_000L;

    [Fact]
    public void The_newest_5000_of_each_length_are_kept()
    {
        CandleStore store = new(1);
        for (int i = 0; i < 12_345; i++)
        {
            store.Trade(0, StartMs + (i * MinuteMs), 100 + i, 1);
        }

        CandleRecord[] minutes = [.. store.Between(0, MinuteMs, 0, long.MaxValue)];
        Assert.Equal(5_000, minutes.Length);
        Assert.Equal(StartMs + (7_345 * MinuteMs), minutes[0].OpenMs);
        Assert.Equal(StartMs + (12_344 * MinuteMs), minutes[^1].OpenMs);
        Assert.Equal(4_115, store.Between(0, 3 * MinuteMs, 0, long.MaxValue).Count());
        Assert.Equal(3, store.Between(0, MinuteMs, minutes[7].OpenMs, minutes[9].OpenMs).Count());
        Assert.Equal(2, store.Between(0, MinuteMs, minutes[7].OpenMs + 1, minutes[9].OpenMs).Count());
    }

    [Fact]
    public void A_revised_minute_carries_into_the_longer_candles()
    {
        CandleStore store = new(1);
        for (int i = 0; i < 7; i++)
        {
            store.Trade(0, StartMs + (i * MinuteMs), 1_000 + i, 5);
        }

        Told told = new();
        store.Listener = told;
        Assert.True(store.TryRevise(0, StartMs + (4 * MinuteMs), 900));
        CandleRecord minute = Assert.Single(store.Between(0, MinuteMs, StartMs + (4 * MinuteMs), StartMs + (4 * MinuteMs)));
        Assert.Equal((1_004, 1_004, 900, 900, 5), (minute.Open, minute.High, minute.Low, minute.Close, minute.Volume));
        CandleRecord five = store.Between(0, 5 * MinuteMs, StartMs, StartMs).Single();
        Assert.Equal((1_000, 1_004, 900, 900, 25), (five.Open, five.High, five.Low, five.Close, five.Volume));
        CandleRecord hour = store.Between(0, 60 * MinuteMs, StartMs, StartMs).Single();
        Assert.Equal((1_000, 1_006, 900, 1_006, 35), (hour.Open, hour.High, hour.Low, hour.Close, hour.Volume));
        Assert.Equal(CandleInterval.Count, told.Candles.Count);
        Assert.False(store.TryRevise(0, StartMs + (6 * MinuteMs), 900));
        Assert.False(store.TryRevise(0, StartMs + (40 * MinuteMs), 900));
        Assert.False(store.TryRevise(0, StartMs + MinuteMs, 0));
    }

    [Fact]
    public void A_late_trade_changes_its_own_candle_but_no_close_that_came_after()
    {
        CandleStore store = new(1);
        store.Trade(0, StartMs, 100, 1);
        store.Trade(0, StartMs + MinuteMs, 110, 1);
        store.Trade(0, StartMs + 1_000, 120, 2);
        CandleRecord first = store.Between(0, MinuteMs, StartMs, StartMs).Single();
        Assert.Equal((100, 120, 100, 3, 2), (first.Open, first.High, first.Low, first.Volume, first.Trades));
        Assert.True(store.TryCurrent(0, 3_600_000, out CandleRecord hour));
        Assert.Equal((100, 120, 3), (hour.Open, hour.High, hour.Trades));
        Assert.False(store.TryCurrent(0, 7, out _));
    }

    [Theory]
    [InlineData("1m", "2025-02-03T10:11:12.345Z", "2025-02-03T10:11:00Z", "2025-02-03T10:12:00Z")]
    [InlineData("1h", "2025-02-03T10:11:12.345Z", "2025-02-03T10:00:00Z", "2025-02-03T11:00:00Z")]
    [InlineData("1d", "2025-02-03T10:11:12.345Z", "2025-02-03T00:00:00Z", "2025-02-04T00:00:00Z")]
    [InlineData("1M", "2024-02-29T23:59:59.999Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1M", "2025-12-31T00:00:00Z", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    public void Candles_begin_at_multiples_of_their_length_and_months_with_the_month(
        string name,
        string time,
        string open,
        string end
    )
    {
        Assert.True(CandleInterval.TryParse(name, out long intervalMs));
        long openMs = CandleInterval.OpenOf(intervalMs, Ms(time));
        Assert.Equal(Ms(open), openMs);
        Assert.Equal(Ms(end), CandleInterval.EndOf(intervalMs, openMs));
        Assert.False(CandleInterval.TryParse("7m", out _));
    }

    private static long Ms(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private sealed class Told : IVenueListener
    {
        public List<CandleRecord> Candles { get; } = [];

        public void CandleChanged(in CandleRecord candle) => Candles.Add(candle);

        public void Filled(FillRecord fill) { }

        public void OrderChanged(OrderRecord order) { }

        public void FundingPaid(FundingRecord payment) { }

        public void LedgerMoved(LedgerRecord entry) { }

        public void Traded(TradeRecord trade) { }

        public void BookTouched(int symbol) { }

        public void PriceTouched(int symbol) { }

        public void AccountTouched(int account) { }
    }
}
