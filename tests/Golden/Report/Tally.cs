using Kedge.Golden.Engine;

namespace Kedge.Golden.Report;

/// <summary>Counts and sums over exits, in log order, gross of fees.</summary>
public readonly record struct Tally(int Trades, int Wins, int Losses, double Pnl, double GrossProfit, double GrossLoss)
{
    /// <summary>Wins over trades; 0 without trades.</summary>
    public double WinRate => Trades > 0 ? (double)Wins / Trades : 0.0;

    /// <summary>Profit over trades; 0 without trades.</summary>
    public double AveragePnl => Trades > 0 ? Pnl / Trades : 0.0;

    /// <summary>Tallies exits.</summary>
    public static Tally Of(IEnumerable<TradeRow> exits)
    {
        Tally sum = default;
        foreach (TradeRow exit in exits)
        {
            bool won = exit.Pnl > 0.0;
            bool lost = exit.Pnl < 0.0;
            sum = new Tally(
                sum.Trades + 1,
                sum.Wins + (won ? 1 : 0),
                sum.Losses + (lost ? 1 : 0),
                sum.Pnl + exit.Pnl,
                sum.GrossProfit + (won ? exit.Pnl : 0.0),
                sum.GrossLoss + (lost ? exit.Pnl : 0.0)
            );
        }

        return sum;
    }
}
