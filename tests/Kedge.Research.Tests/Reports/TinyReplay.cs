using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Reports;

/// <summary>
/// A replay small enough to work out by hand. Daily bars, fee 10 bp (0.001), no slippage, lookback 2, balance 1000.
/// AAA closes 100 100 110 120 90; BBB 50 50 40 and then no more. Bar i closes at (i + 1) days; the window is day 2 to day 5.
/// </summary>
internal static class TinyReplay
{
    public const long Day = 86_400_000;

    public static ReplayResult Make(string command = "kedge replay --interval 1d")
    {
        Booking[] bookings =
        [
            // 2 AAA at 100: notional 200, fee 0.2 → 999.8
            Fill(
                2,
                0,
                1,
                OrderAction.Open,
                Side.Long,
                Confidence.High,
                ReasonCode.EntrySignal,
                100,
                2,
                0,
                0.2,
                0,
                999.8,
                100,
                100,
                100
            ),
            // half at 110: +10 − 0.11 → 1009.69
            Fill(
                3,
                0,
                1,
                OrderAction.Reduce,
                Side.Long,
                Confidence.High,
                ReasonCode.TakeProfitPartial,
                110,
                1,
                10,
                0.11,
                0.1,
                1009.69,
                100,
                110,
                100
            ),
            // funding −0.5 → 1009.19
            Fill(
                3,
                0,
                1,
                OrderAction.Funding,
                Side.Long,
                Confidence.High,
                ReasonCode.FundingPayment,
                110,
                1,
                -0.5,
                0,
                0,
                1009.19,
                100,
                110,
                100
            ),
            // the rest at 120: +20 − 0.12 → 1029.07
            Fill(
                4,
                0,
                1,
                OrderAction.Close,
                Side.Long,
                Confidence.High,
                ReasonCode.TrailingStop,
                120,
                1,
                20,
                0.12,
                0.1,
                1029.07,
                100,
                120,
                95
            ),
            // short 5 BBB at 40: notional 200, fee 0.2 → 1028.87
            Fill(
                4,
                1,
                2,
                OrderAction.Open,
                Side.Short,
                Confidence.Low,
                ReasonCode.EntrySignal,
                40,
                5,
                0,
                0.2,
                0,
                1028.87,
                40,
                40,
                40
            ),
            // closed at 50: −50 − 0.25 → 978.62
            Fill(
                5,
                1,
                2,
                OrderAction.Close,
                Side.Short,
                Confidence.Low,
                ReasonCode.EndOfRun,
                50,
                5,
                -50,
                0.25,
                0.2,
                978.62,
                40,
                38,
                52
            ),
        ];
        GateFunnel funnel = new()
        {
            Evaluations = 8,
            LongSignals = 1,
            ShortSignals = 1,
            Ranging = 3,
            Opened = 2,
        };
        funnel.Stopped(StopCode.MarginCap);
        Account account = new(1000.0) { Balance = 978.62 };
        return new ReplayResult
        {
            Run = new ReplayRun
            {
                Version = "0.1.0",
                ConfigId = "cfg",
                DataHash = "data",
                Command = command,
                Interval = Interval.Parse("1d"),
                FromMs = 2 * Day,
                ToMs = 5 * Day,
                Lookback = 2,
                InitialBalance = 1000.0,
                SlippageBps = 0.0,
                TakerFeeBps = 10.0,
                HasFunding = true,
                HasInstruments = true,
            },
            Symbols = ["AAA", "BBB"],
            Bookings = bookings,
            Equity =
            [
                new EquityPoint(2 * Day, 999.8, 999.8, 200, 100, 1),
                new EquityPoint(3 * Day, 1009.19, 1019.19, 110, 50, 1),
                new EquityPoint(4 * Day, 1028.87, 1028.87, 200, 100, 1),
                new EquityPoint(5 * Day, 978.62, 978.62, 0, 0, 0),
            ],
            Funnel = funnel,
            Account = account,
            StateHash = 255,
            Candles = new MemoryCandles(Interval.Parse("1d"), ("AAA", Bars(100, 100, 110, 120, 90)), ("BBB", Bars(50, 50, 40))),
            Notes = ["a </script> & a \"note\""],
        };
    }

    private static Bar[] Bars(params double[] closes) => [.. closes.Select((c, i) => new Bar(i * Day, c, c, c, c, 1.0))];

    private static Booking Fill(
        int day,
        int symbol,
        long id,
        OrderAction action,
        Side side,
        Confidence confidence,
        ReasonCode reason,
        double price,
        double size,
        double pnl,
        double fee,
        double entryFees,
        double balance,
        double entry,
        double best,
        double worst
    ) =>
        new()
        {
            TimeMs = day * Day,
            OpenedAtMs = (id == 1 ? 2 : 4) * Day,
            Symbol = symbol,
            PositionId = id,
            Action = action,
            Side = side,
            Confidence = confidence,
            Reason = reason,
            Price = price,
            Size = size,
            Notional = price * size,
            Pnl = pnl,
            Fee = fee,
            EntryFees = entryFees,
            Balance = balance,
            EntryPrice = entry,
            FirstEntryPrice = entry,
            BestPrice = best,
            WorstPrice = worst,
            Leverage = 2.0,
        };
}
