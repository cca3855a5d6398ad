using Kedge.Golden.Engine;
using Kedge.Kernel;

namespace Kedge.Golden.Report;

/// <summary>Totals of every symbol that has at least one row.</summary>
public static class PerSymbol
{
    /// <summary>Totals by symbol, ordinal.</summary>
    public static IReadOnlyDictionary<string, SymbolTotals> Of(GoldenState state) =>
        new SortedDictionary<string, SymbolTotals>(
            state
                .Trades.GroupBy(t => t.Symbol)
                .ToDictionary(
                    g => state.Input.Symbols[g.Key],
                    g => Totals([.. g], state.Input.Parameters.Trade.SlippageBps),
                    StringComparer.Ordinal
                ),
            StringComparer.Ordinal
        );

    private static SymbolTotals Totals(List<TradeRow> rows, double slippageBps)
    {
        Tally closes = Tally.Of(rows.Where(r => r.IsExit));
        List<TradeRow> payments = rows.FindAll(r => r.Action == OrderAction.Funding);
        double funding = payments.Sum(r => r.Pnl);
        double fees = rows.Sum(r => r.Fee);
        return new SymbolTotals(
            EstimatedSlippageUsd: rows.Sum(r => r.Notional * (SlippageOf(r, slippageBps) / 10000.0)),
            FeesUsd: fees,
            Fills: rows.Count,
            FundingEvents: payments.Count,
            FundingPnlUsd: funding,
            Losses: closes.Losses,
            MaxDrawdownUsd: Drawdown(rows),
            NetPnlUsd: closes.Pnl + funding - fees,
            RealisedPnlUsd: closes.Pnl,
            Trades: closes.Trades,
            WinRate: closes.WinRate,
            Wins: closes.Wins
        );
    }

    private static double SlippageOf(TradeRow row, double entryBps) =>
        row.IsExit ? GoldenCosts.ExitSlippageBps
        : row.IsEntry ? entryBps
        : 0.0;

    /// <summary>Of the cumulative net result in log order; the peak starts at 0.</summary>
    private static double Drawdown(List<TradeRow> rows)
    {
        double total = 0.0;
        double peak = 0.0;
        double deepest = 0.0;
        foreach (TradeRow row in rows)
        {
            total += row.Pnl - row.Fee;
            peak = Math.Max(peak, total);
            deepest = Math.Max(deepest, peak - total);
        }

        return deepest;
    }
}
