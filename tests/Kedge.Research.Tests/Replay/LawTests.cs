using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>Accounting laws, checked on what a run leaves: a second ledger is kept from the bookings and the candles alone.</summary>
public class LawTests
{
    private const int Runs = 300;

    [Fact]
    public void BalanceMarginAndEquityHoldAtEveryTick() =>
        Parallel.For(1, Runs + 1, seed => Audit(seed, RandomCases.Make(100_000 + (ulong)seed)));

    private static void Audit(int seed, ReplayCase run)
    {
        ReplayRunResult result = run.Run();
        ShadowLedger ledger = new(run);
        int next = 0;
        for (int tick = 0; tick < result.Equity.Count; tick++)
        {
            EquityPoint point = result.Equity[tick];
            bool final = tick == result.Equity.Count - 1;
            while (next < result.Bookings.Count && result.Bookings[next].TimeMs <= point.TimeMs)
            {
                Booking booking = result.Bookings[next];
                if (booking.Reason == ReasonCode.EndOfRun && !final)
                {
                    break;
                }

                ledger.Take(booking);
                string where = $"seed {seed}, booking {next} ({booking.Action} {booking.Reason})";
                Near(ledger.Balance, booking.Balance, where + ": balance");
                if (booking.Action is OrderAction.Open or OrderAction.Add)
                {
                    Near(ledger.Margins[booking.Symbol], booking.Margin, where + ": margin");
                    double free = booking.Balance - ledger.Margin;
                    Assert.True(free >= -1e-9 * Math.Abs(booking.Balance), $"{where}: free cash {free}");
                }

                next++;
            }

            string at = $"seed {seed}, tick {point.TimeMs}";
            Near(ledger.Balance, point.Balance, at + ": balance");
            Near(ledger.Margin, point.Margin, at + ": margin");
            Near(ledger.EquityAt(point.TimeMs), point.Equity, at + ": equity", Math.Abs(point.Balance) + point.Notional);
            Near(ledger.NotionalAt(point.TimeMs), point.Notional, at + ": notional");
            Assert.True(ledger.OpenPositions == point.Positions, at + ": positions");
        }

        Assert.True(next == result.Bookings.Count, $"seed {seed}: bookings behind the last tick");
        Totals(seed, run, result);
    }

    /// <summary>Σ (profit − fee) + funding = change of the balance; entry fees end up with the exits.</summary>
    private static void Totals(int seed, ReplayCase run, ReplayRunResult result)
    {
        Account account = result.Account;
        List<Booking> fills = [.. result.Bookings.Where(b => b.Action != OrderAction.Funding)];
        double funding = result.Bookings.Where(b => b.Action == OrderAction.Funding).Sum(b => b.Pnl);
        double start = run.InitState?.Balance ?? run.Balance;
        double scale = Math.Abs(start) + fills.Sum(b => Math.Abs(b.Pnl) + b.Fee);
        Near(fills.Sum(b => b.Pnl - b.Fee) + funding, account.Balance - start, $"seed {seed}: change of the balance", scale);
        Near(fills.Sum(b => b.Pnl), account.RealisedPnl, $"seed {seed}: realised", scale);
        Near(fills.Sum(b => b.Fee), account.Fees, $"seed {seed}: fees", scale);
        Near(funding, account.Funding, $"seed {seed}: funding", scale);

        int held = run.InitState?.Positions.Count ?? 0;
        foreach (IGrouping<long, Booking> position in fills.Where(b => b.PositionId > held).GroupBy(b => b.PositionId))
        {
            if (position.Any(b => b.Action == OrderAction.Close))
            {
                bool Enters(Booking b) => b.Action is OrderAction.Open or OrderAction.Add;
                double bought = position.Where(Enters).Sum(b => b.Size);
                double sold = position.Where(b => !Enters(b)).Sum(b => b.Size);
                Near(bought, sold, $"seed {seed}, position {position.Key}: size");
                double paid = position.Where(Enters).Sum(b => b.Fee);
                Near(paid, position.Sum(b => b.EntryFees), $"seed {seed}, position {position.Key}: entry fees");
            }
        }
    }

    private static void Near(double expected, double actual, string what, double scale = 0.0)
    {
        double tolerance = 1e-9 * Math.Max(Math.Max(Math.Abs(expected), Math.Abs(actual)), scale) + 1e-9;
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {expected:R} and {actual:R}");
    }
}
