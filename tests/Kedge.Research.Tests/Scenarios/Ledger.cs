using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>One booking as worked out by hand. Symbol is the ordinal rank.</summary>
internal sealed record Line(string Time, int Symbol, OrderAction Action, ReasonCode Reason)
{
    public required double Price { get; init; }

    public required double Size { get; init; }

    public required double Fee { get; init; }

    /// <summary>Of the position after an open or add, of the closed part for exits, of the position for funding.</summary>
    public required double Margin { get; init; }

    public double Pnl { get; init; }

    public double EntryFees { get; init; }

    public required double Balance { get; init; }

    /// <summary>First number of the reason, e.g. the stop level.</summary>
    public double Value { get; init; }

    public Side Side { get; init; } = Side.Long;
}

/// <summary>Compares what a replay booked with the hand calculation.</summary>
internal static class Ledger
{
    private const double Tolerance = 1e-9;

    /// <summary>Exactly these bookings in this order; numbers to 10⁻⁹.</summary>
    public static void Holds(ReplayOutcome outcome, params Line[] expected)
    {
        string[] want = [.. expected.Select(l => $"{l.Time} {l.Symbol} {l.Side} {l.Action} {l.Reason}")];
        string[] got = [.. outcome.Bookings.Select(b => $"{Clock.Of(b.TimeMs)} {b.Symbol} {b.Side} {b.Action} {b.Reason}")];
        Assert.Equal(want, got);
        for (int i = 0; i < expected.Length; i++)
        {
            Line line = expected[i];
            Booking b = outcome.Bookings[i];
            Same(want[i], "price", line.Price, b.Price);
            Same(want[i], "size", line.Size, b.Size);
            Same(want[i], "notional", line.Price * line.Size, b.Notional, 1e-6);
            Same(want[i], "pnl", line.Pnl, b.Pnl);
            Same(want[i], "fee", line.Fee, b.Fee);
            Same(want[i], "entry fees", line.EntryFees, b.EntryFees);
            Same(want[i], "margin", line.Margin, b.Margin);
            Same(want[i], "balance", line.Balance, b.Balance);
            Same(want[i], "value", line.Value, b.Value);
        }
    }

    /// <summary>Balance and equity after the tick at a time.</summary>
    public static void EquityAt(ReplayOutcome outcome, string time, double balance, double equity)
    {
        EquityPoint point = outcome.Equity.First(p => p.TimeMs == Clock.At(time));
        Same(time, "balance", balance, point.Balance);
        Same(time, "equity", equity, point.Equity);
    }

    public static void Same(string where, string what, double expected, double actual, double tolerance = Tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            $"{where}: {what} is {actual:R}, the hand calculation says {expected:R}"
        );
}
