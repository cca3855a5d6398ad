using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Research.Tests.Reports;

/// <summary>The report of <see cref="TinyReplay"/>, worked out by hand.</summary>
public sealed class ReportBuilderTests : IDisposable
{
    private readonly ReplayResult _result = TinyReplay.Make();
    private readonly Report _report;

    public ReportBuilderTests() => _report = ReportBuilder.Build(_result);

    public void Dispose() => _result.Candles.Dispose();

    [Fact]
    public void Trades_are_net_of_exit_fee_and_their_share_of_entry_fees()
    {
        // 10 − 0.11 − 0.1, 20 − 0.12 − 0.1, −50 − 0.25 − 0.2
        double[] expected = [9.79, 19.78, -50.45];
        Assert.Equal(expected, _report.Trades.Select(t => Math.Round(t.Pnl, 10)));
        Assert.Equal([1, 2, 1], _report.Trades.Select(t => t.ExitNumber));
        // The funding came before the second exit of position 1 and after its first.
        Assert.Equal([0.0, -0.5, 0.0], _report.Trades.Select(t => t.Funding));
        // Long from 100: worst 100 / 95, best 110 / 120. Short from 40: worst 52 → −12/40, best 38 → 2/40.
        Assert.Equal([0.0, -0.05, -0.3], _report.Trades.Select(t => Math.Round(t.Mae, 12)));
        Assert.Equal([0.1, 0.2, 0.05], _report.Trades.Select(t => Math.Round(t.Mfe, 12)));
    }

    [Fact]
    public void Totals_add_up()
    {
        // −20.88 of trades − 0.5 of funding = 978.62 − 1000
        Assert.Equal(-20.88, _report.All.Pnl, 10);
        Assert.Equal(-20.0, _report.All.PnlGross, 10);
        Assert.Equal(-0.5, _report.Funding, 10);
        Assert.Equal(-21.38, _report.TotalPnl, 10);
        Assert.Equal(_report.TotalPnl, _report.All.Pnl + _report.Funding, 10);
        // 0.2 + 0.11 + 0.12 + 0.2 + 0.25
        Assert.Equal(0.88, _report.Fees, 10);
        Assert.Equal(2, _report.All.Wins);
        Assert.Equal(1, _report.All.Losses);
        // (9.79 + 19.78) / 50.45 and (10 + 20) / 50
        Assert.Equal(29.57 / 50.45, _report.All.Factor, 12);
        Assert.Equal(0.6, _report.All.FactorGross, 12);
        Assert.Equal(5, _report.Fills);
    }

    [Fact]
    public void Curve_metrics_use_daily_returns_365_and_the_population_deviation()
    {
        // Days end at 999.8, 1019.19, 1028.87, 978.62.
        double[] r = [19.39 / 999.8, 9.68 / 1019.19, -50.25 / 1028.87];
        double mean = (r[0] + r[1] + r[2]) / 3.0;
        double deviation = Math.Sqrt(r.Select(x => (x - mean) * (x - mean)).Sum() / 3.0);
        Assert.Equal(mean / deviation * Math.Sqrt(365.0), _report.Market.Sharpe, 10);
        Assert.Equal(deviation * Math.Sqrt(365.0), _report.Market.Volatility, 10);
        // Only the last return is negative: √(r₃² / 3) × √365.
        double downside = Math.Abs(r[2]) / Math.Sqrt(3.0) * Math.Sqrt(365.0);
        Assert.Equal(mean * 365.0 / downside, _report.Market.Sortino, 9);
        // Three days: (978.62 / 1000)^(365 / 3) − 1
        double cagr = Math.Pow(0.97862, 365.0 / 3.0) - 1.0;
        Assert.Equal(cagr, _report.Market.Cagr, 12);
        // Peak 1028.87 on day 4, 978.62 on day 5.
        Assert.Equal(50.25, _report.Market.MaxDrawdown, 9);
        Assert.Equal(50.25 / 1028.87, _report.Market.MaxDrawdownFraction, 12);
        Assert.Equal(cagr / (50.25 / 1028.87), _report.Market.Calmar, 9);
    }

    [Fact]
    public void Realised_metrics_ignore_open_profit()
    {
        // Balances 999.8, 1009.19, 1028.87, 978.62.
        double[] r = [9.39 / 999.8, 19.68 / 1009.19, -50.25 / 1028.87];
        double mean = r.Average();
        double deviation = Math.Sqrt(r.Select(x => (x - mean) * (x - mean)).Sum() / 3.0);
        Assert.Equal(mean / deviation * Math.Sqrt(365.0), _report.Realised.Sharpe, 10);
        Assert.Equal(978.62, _report.Realised.Final, 10);
    }

    [Fact]
    public void Drawdowns_are_listed_deepest_first()
    {
        Assert.Equal(2, _report.WorstDrawdowns.Count);
        Assert.Equal(
            (4 * TinyReplay.Day, 5 * TinyReplay.Day),
            (_report.WorstDrawdowns[0].StartMs, _report.WorstDrawdowns[0].TroughMs)
        );
        Assert.Null(_report.WorstDrawdowns[0].EndMs);
        // The entry fee: 1000 → 999.8, made good a day later.
        Assert.Equal(0.2, _report.WorstDrawdowns[1].Depth, 10);
        Assert.Equal(3 * TinyReplay.Day, _report.WorstDrawdowns[1].EndMs);
    }

    [Fact]
    public void Exposure_is_weighted_by_time()
    {
        Exposure exposure = _report.Exposure;
        Assert.Equal(1.0, exposure.TimeInMarket, 12);
        Assert.Equal((200 / 999.8 + 110 / 1019.19 + 200 / 1028.87) / 3.0, exposure.Average, 12);
        Assert.Equal(200 / 999.8, exposure.Maximum, 12);
        Assert.Equal((999.8 + 1019.19 + 1028.87) / 3.0, exposure.AverageEquity, 9);
        // 200 + 110 + 120 + 200 + 250 bought and sold
        Assert.Equal(880.0, _report.Volume, 9);
        Assert.Equal(880.0 / exposure.AverageEquity, _report.Turnover, 12);
        Assert.Equal(_report.Turnover * 365.0 / 3.0, _report.TurnoverPerYear, 9);
    }

    [Fact]
    public void Buy_and_hold_pays_fees_and_sells_a_delisted_symbol_at_its_last_close()
    {
        // 500 each: 500 / (100 × 1.001) AAA and 500 / (50 × 1.001) BBB; BBB sold at 40 on day 3, AAA at 90 on day 5, each × 0.999.
        double aaa = 500.0 / 100.1;
        double bbb = 500.0 / 50.05;
        double[] expected =
        [
            aaa * 100.0 + bbb * 50.0,
            aaa * 110.0 + bbb * 40.0 * 0.999,
            aaa * 120.0 + bbb * 40.0 * 0.999,
            aaa * 90.0 * 0.999 + bbb * 40.0 * 0.999,
        ];
        Assert.Equal(2, _report.Benchmark.Symbols);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], _report.Benchmark.Values[i], 9);
        }
    }

    [Fact]
    public void Groups_come_in_their_documented_order()
    {
        Assert.Equal(["AAA", "BBB"], _report.BySymbol.Select(g => g.Key));
        Assert.Equal(["LONG", "SHORT"], _report.BySide.Select(g => g.Key));
        Assert.Equal(["low", "high"], _report.ByConfidence.Select(g => g.Key));
        Assert.Equal(["End of Backtest", "Take Profit", "Trailing Stop"], _report.ByExitReason.Select(g => g.Key));
        Assert.Equal(["exit_take_profit", "exit_trailing_stop", "exit_end_of_backtest"], _report.ByReasonCode.Select(g => g.Key));
        SymbolReport aaa = _report.PerSymbol[0];
        // 10 + 20 realised − 0.5 funding − 0.43 fees; below its own peak by 0.2 at first and by the funding's 0.5 later.
        Assert.Equal(29.07, aaa.NetPnl, 10);
        Assert.Equal(0.5, aaa.MaxDrawdown, 10);
        Assert.Equal(4, aaa.Bookings);
    }

    [Fact]
    public void A_run_without_trades_has_zeros_and_no_drawdown()
    {
        ReplayResult empty = _result with
        {
            Bookings = [],
            Equity =
            [
                new EquityPoint(2 * TinyReplay.Day, 1000, 1000, 0, 0, 0),
                new EquityPoint(3 * TinyReplay.Day, 1000, 1000, 0, 0, 0),
            ],
            Account = new Kernel.Perps.Account(1000.0),
        };
        Report report = ReportBuilder.Build(empty);
        Assert.Equal((0.0, 0.0, 0.0), (report.Market.Sharpe, report.Market.Sortino, report.Market.Calmar));
        Assert.Empty(report.WorstDrawdowns);
        Assert.Equal(0.0, report.All.Factor);
    }
}
