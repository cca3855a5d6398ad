using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Tests.Playing;

/// <summary>Bars that are played come out as they went in; funding follows the premium.</summary>
public sealed class MarketPlayerTests
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;
    private const long StartMs = 472_222 * HourMs;
    private static readonly MarketSettings Quiet = new() { SamplesPremium = false, End = MarketEnd.Stop };

    [Fact]
    public void A_played_bar_is_served_as_it_was_recorded_with_its_number_of_trades()
    {
        MarketSeries series = RandomBars(Markets.Btc, 200, 5);
        MarketHost host = new([series], StartMs, Quiet);
        host.PlayTo(StartMs + (200 * MinuteMs));
        CandleRecord[] candles = host.Of(Markets.Btc, MinuteMs);
        Assert.Equal(200, candles.Length);
        for (int i = 0; i < candles.Length; i++)
        {
            Assert.Equal(Candle(series.Bars[i], series.Trades[i]), candles[i]);
        }

        Assert.Equal(long.MaxValue, host.Player.DueMs);
    }

    [Fact]
    public void Every_longer_candle_is_the_sum_of_its_minutes()
    {
        MarketSeries series = RandomBars(Markets.Eth, 3_000, 9);
        MarketHost host = new([series], StartMs + (2_800 * MinuteMs), Quiet);
        host.PlayTo(StartMs + (3_000 * MinuteMs));
        CandleRecord[] minutes = host.Of(Markets.Eth, MinuteMs);
        Assert.Equal(3_000, minutes.Length);
        for (int place = 0; place < CandleInterval.Count; place++)
        {
            long intervalMs = CandleInterval.LengthAt(place);
            CandleRecord[] expected =
            [
                .. minutes
                    .GroupBy(minute => CandleInterval.OpenOf(intervalMs, minute.OpenMs))
                    .Select(group => new CandleRecord(
                        Markets.Eth,
                        intervalMs,
                        group.Key,
                        group.First().Open,
                        group.Max(minute => minute.High),
                        group.Min(minute => minute.Low),
                        group.Last().Close,
                        group.Sum(minute => minute.Volume),
                        group.Sum(minute => minute.Trades)
                    )),
            ];
            Assert.Equal(expected, host.Of(Markets.Eth, intervalMs));
        }
    }

    [Fact]
    public void Fills_of_accounts_come_on_top_of_the_recorded_volume()
    {
        MarketSeries series = RandomBars(Markets.Btc, 3, 2);
        MarketHost host = new([series], StartMs, Quiet);
        host.Send(ExchangeCommand.CreateAccount(new Address(0, 1)));
        host.Send(ExchangeCommand.Transfer(0, 1, 1_000_000 * Bounds.Usd));
        host.PlayTo(StartMs + MinuteMs + 30_000);
        long ask = BestAsk(host.Core);
        host.Send(ExchangeCommand.Place(1, new[] { new OrderRequest(Markets.Btc, OrderSide.Buy, ask, 1_000, TimeInForce.Ioc) }));
        Assert.Equal(1_000, host.Core.Position(1, Markets.Btc).Size);
        host.PlayTo(StartMs + (3 * MinuteMs));
        CandleRecord candle = host.Of(Markets.Btc, MinuteMs)[1];
        Assert.Equal(series.Bars[1].Volume + 1_000, candle.Volume);
        Assert.Equal(series.Trades[1] + 1, candle.Trades);
        Assert.Equal(Math.Max(series.Bars[1].High, ask), candle.High);
    }

    [Fact]
    public void Waking_up_late_changes_nothing()
    {
        MarketSeries[] series = [RandomBars(Markets.Btc, 40, 1), RandomBars(Markets.Eth, 40, 2)];
        MarketHost often = new(series, StartMs, new MarketSettings());
        for (long at = StartMs; at <= StartMs + (70 * MinuteMs); at += 777)
        {
            often.PlayTo(at);
        }

        MarketHost once = new(series, StartMs, new MarketSettings { CatchUpMaxMs = 2 * HourMs });
        once.PlayTo(often.NowMs);
        Assert.Equal(often.Core.StateHash(), once.Core.StateHash());
        Assert.Equal(often.Of(Markets.Eth, 5 * MinuteMs), once.Of(Markets.Eth, 5 * MinuteMs));
    }

    [Fact]
    public void There_is_a_market_from_the_start_on_even_between_bars()
    {
        MarketSeries series = RandomBars(Markets.Btc, 10, 3);
        MarketHost host = new([series], StartMs + (5 * MinuteMs) + 1, Quiet);
        host.PlayTo(host.NowMs);
        Assert.Equal(6, host.Of(Markets.Btc, MinuteMs).Length);
        long mark = host.Core.Prices(Markets.Btc).Mark;
        Assert.Equal(Markets.Settings.Instruments[0].RoundPrice(series.Bars[5].Close, up: false), mark);
        Assert.True(BestAsk(host.Core) > mark);
    }

    [Fact]
    public void After_the_last_bar_the_price_goes_back_and_forth_without_a_jump()
    {
        MarketSeries series = RandomBars(Markets.Btc, 10, 4);
        MarketHost host = new([series], StartMs, new MarketSettings { SamplesPremium = false });
        host.PlayTo(StartMs + (30 * MinuteMs) - 1);
        CandleRecord[] candles = host.Of(Markets.Btc, MinuteMs);
        Assert.Equal(30, candles.Length);
        for (int i = 0; i < 10; i++)
        {
            MarketBar bar = series.Bars[9 - i];
            Assert.Equal((bar.Close, bar.High, bar.Low, bar.Open), Prices(candles[10 + i]));
            Assert.Equal(Prices(candles[i]), Prices(candles[20 + i]));
        }

        Assert.Equal(candles[9].Close, candles[10].Open);
        Assert.Equal(candles[19].Close, candles[20].Open);
    }

    [Fact]
    public void A_long_gap_in_time_becomes_history()
    {
        MarketSeries series = RandomBars(Markets.Btc, 600, 6);
        MarketHost host = new([series], StartMs, new MarketSettings());
        host.PlayTo(StartMs + 90_000);
        host.PlayTo(StartMs + (500 * MinuteMs));
        CandleRecord[] candles = host.Of(Markets.Btc, MinuteMs);
        Assert.Equal(501, candles.Length);
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(Candle(series.Bars[i], series.Trades[i]), candles[i]);
        }

        host.PlayTo(StartMs + (400L * 24 * HourMs));
        Assert.Equal(CandleSeries.KeptMax, host.Of(Markets.Btc, MinuteMs).Length);
    }

    [Theory]
    [InlineData(0, 11_875_000, 100_000_000)]
    [InlineData(30, 5_625_000, 50_000_000)]
    public void The_hours_rate_is_the_mean_premium_by_the_venues_formula_and_is_paid_at_the_hour(
        int quietMinutes,
        long rate,
        long premium
    )
    {
        // A bid 1 % above the oracle is a premium of 0.01: (0.01 − 0.0005) ÷ 8 an hour. For half the hour: (0.005 − 0.0005) ÷ 8.
        MarketHost host = new([], StartMs, new MarketSettings());
        for (int account = 1; account <= 2; account++)
        {
            host.Send(ExchangeCommand.CreateAccount(new Address(0, (UInt128)account)));
            host.Send(ExchangeCommand.Transfer(0, account, 1_000_000 * Bounds.Usd));
        }

        host.Send(ExchangeCommand.SetPrice(Markets.Btc, Markets.Btc60K, Markets.Btc60K));
        OrderRequest bid = new(Markets.Btc, OrderSide.Buy, 606_000, Markets.OneBtc);
        host.Send(ExchangeCommand.Place(1, new[] { bid }));
        host.Send(ExchangeCommand.Place(2, new[] { bid with { Side = OrderSide.Sell, Size = Markets.OneBtc / 10 } }));
        if (quietMinutes > 0)
        {
            host.Send(ExchangeCommand.CancelAll(1));
            host.PlayTo(StartMs + (quietMinutes * MinuteMs) - 1);
            host.Send(ExchangeCommand.Place(1, new[] { bid }));
        }

        host.PlayTo(StartMs + HourMs);
        host.Send(ExchangeCommand.TimerFired());
        Assert.Equal([new FundingRateRecord(StartMs + HourMs, rate, premium)], host.Player.FundingHistory(Markets.Btc));
        ExchangeEvent paid = Assert.Single(host.All, e => e is { Kind: EventKind.Funding, Account: 1 });
        Assert.Equal(rate, paid.Fee);
        Assert.Equal(StartMs + HourMs, paid.TimeMs);
        Assert.Empty(host.Player.FundingHistory(Markets.Eth));
    }

    [Fact]
    public void Without_a_premium_the_rate_is_the_venues_base_rate()
    {
        // The house quotes evenly around the oracle: interest of 0.0001 over eight hours.
        MarketHost host = new([RandomBars(Markets.Btc, 60, 8)], StartMs, new MarketSettings());
        host.PlayTo(StartMs + HourMs);
        Assert.Equal([new FundingRateRecord(StartMs + HourMs, 125_000, 0)], host.Player.FundingHistory(Markets.Btc));
    }

    [Fact]
    public void A_saved_market_goes_on_as_if_nothing_had_been()
    {
        MarketSeries[] series = [RandomBars(Markets.Btc, 30, 1), RandomBars(Markets.Eth, 30, 2)];
        MarketHost host = new(series, StartMs + (7 * MinuteMs));
        host.PlayTo(StartMs + (65 * MinuteMs) + 12_345);
        StateWriter saved = new(keepBytes: true);
        host.Candles.Save(saved);
        host.Player.Save(saved);
        StateReader reader = new(saved.Bytes);
        CandleStore candles = CandleStore.Load(ref reader, Markets.Settings.Instruments.Count);
        MarketPlayer player = new(Markets.Settings, series, new MarketSettings(), candles, StartMs + (7 * MinuteMs));
        player.Load(ref reader);
        Assert.True(reader.IsAtEnd);
        Assert.Equal(host.Player.DueMs, player.DueMs);
        byte[] state = host.Core.Save();
        host.PlayTo(host.NowMs + (10 * MinuteMs));
        MarketHost other = new(series, StartMs) { Candles = candles, Player = player };
        other.TakeOver(ExchangeCore.Restore(Markets.Settings, state));
        other.PlayTo(host.NowMs);
        Assert.Equal(host.Core.StateHash(), other.Core.StateHash());
        Assert.Equal(host.Of(Markets.Btc, HourMs), other.Of(Markets.Btc, HourMs));
        Assert.Equal(host.Player.FundingHistory(Markets.Eth), other.Player.FundingHistory(Markets.Eth));
    }

    [Fact]
    public void A_series_that_cannot_be_played_is_refused()
    {
        MarketSeries good = RandomBars(Markets.Btc, 3, 1);
        MarketBar bar = good.Bars[0];
        MarketSeries[] bad =
        [
            good with
            {
                Bars = [],
                Trades = [],
            },
            good with
            {
                Trades = [1],
            },
            good with
            {
                Symbol = 3,
            },
            good with
            {
                Symbol = -1,
            },
            good with
            {
                Bars = [bar, bar, bar],
            },
            good with
            {
                Bars = [bar with { OpenMs = bar.OpenMs + 1 }],
                Trades = [],
            },
            good with
            {
                Bars = [bar with { High = bar.Low - 1 }],
                Trades = [],
            },
            good with
            {
                Bars = [bar with { LengthMs = 7 }],
                Trades = [],
            },
        ];
        Assert.All(bad, one => Assert.Throws<ArgumentException>(() => new MarketHost([one], StartMs)));
        Assert.Throws<ArgumentException>(() => new MarketHost([good, good], StartMs));
    }

    [Fact]
    public void Older_history_in_longer_bars_goes_into_the_candles_that_hold_it_whole()
    {
        MarketBar minute = new(StartMs - MinuteMs, MinuteMs, 500_100, 500_300, 500_000, 500_200, 10);
        MarketBar hour = new(StartMs - (2 * 60 * MinuteMs), 60 * MinuteMs, 499_000, 500_900, 498_000, 500_500, 700);
        MarketSeries series = new(0, [minute, minute with { OpenMs = StartMs }], [], 5) { Older = [hour] };
        MarketHost host = new([series], StartMs);
        host.PlayTo(StartMs);
        Assert.Single(host.Candles.Between(0, MinuteMs, 0, StartMs - 1));
        Assert.Single(host.Candles.Between(0, 30 * MinuteMs, 0, StartMs - 1));
        Kedge.Exchange.Gateways.Hyperliquid.Records.CandleRecord told = host
            .Candles.Between(0, 60 * MinuteMs, 0, StartMs - 1)
            .First();
        Assert.Equal(
            (hour.OpenMs, hour.Open, hour.High, hour.Low, hour.Close, hour.Volume),
            (told.OpenMs, told.Open, told.High, told.Low, told.Close, told.Volume)
        );
        MarketBar late = hour with { OpenMs = StartMs };
        Assert.Throws<ArgumentException>(() => new MarketHost([series with { Older = [late] }], StartMs));
        Assert.Throws<ArgumentException>(() => new MarketHost([series with { Older = [hour, hour] }], StartMs));
    }

    [Fact]
    public void A_random_walk_is_the_same_for_a_seed_valid_and_bounded()
    {
        Instrument btc = Markets.Settings.Instruments[Markets.Btc];
        SeededWalk walk = new(Markets.Btc60K, 5_000, 1_000_000 * Bounds.Usd);
        MarketSeries series = SeededBars.Make(Markets.Btc, btc, walk, StartMs, 20_000, 11);
        Assert.Null(series.Fault(btc.MaxPrice));
        Assert.Equal(series.Bars, SeededBars.Make(Markets.Btc, btc, walk, StartMs, 20_000, 11).Bars);
        Assert.NotEqual(series.Bars, SeededBars.Make(Markets.Btc, btc, walk, StartMs, 20_000, 12).Bars);
        for (int i = 0; i < series.Bars.Count; i++)
        {
            MarketBar bar = series.Bars[i];
            Assert.All([bar.Open, bar.High, bar.Low, bar.Close], price => Assert.True(btc.IsValidPrice(price)));
            Assert.True(i == 0 || bar.Open == series.Bars[i - 1].Close);
        }

        // The deviation asked for, within what 20,000 draws allow (one part in 200) and the bounds of the walk cost.
        double variance = series.Bars.Average(bar => Math.Pow(((double)bar.Close / bar.Open) - 1, 2));
        Assert.InRange(Math.Sqrt(variance), 0.0045, 0.0055);
    }

    internal static MarketSeries RandomBars(int symbol, int count, ulong seed)
    {
        ExchangeRandom random = new(seed);
        MarketBar[] bars = new MarketBar[count];
        int[] trades = new int[count];
        for (int i = 0; i < count; i++)
        {
            long low = 500_000 + random.Below(100_000);
            long high = low + random.Below(i % 5 == 0 ? 1 : 5_000);
            long Inside() => low + random.Below(high - low + 1);
            bars[i] = new MarketBar(StartMs + (i * MinuteMs), MinuteMs, Inside(), high, low, Inside(), 1 + random.Below(90_000));
            trades[i] = 1 + random.Below(300);
        }

        return new MarketSeries(symbol, bars, trades, seed);
    }

    private static CandleRecord Candle(MarketBar bar, int trades) =>
        new(0, bar.LengthMs, bar.OpenMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, trades);

    private static (long, long, long, long) Prices(CandleRecord candle) => (candle.Open, candle.High, candle.Low, candle.Close);

    private static long BestAsk(ExchangeCore core)
    {
        BookLevel[] level = new BookLevel[1];
        return core.Depth(Markets.Btc, OrderSide.Sell, level) == 0 ? 0 : level[0].Price;
    }
}
