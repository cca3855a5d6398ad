using Kedge.Golden.Engine;
using Kedge.Kernel;

namespace Kedge.Golden.Report;

/// <summary>Makes the report of a finished run. Wins, losses and averages are gross of fees.</summary>
public static class ReportBuilder
{
    /// <summary>Builds the report; the lists that may be long only on demand.</summary>
    public static ReplayReport Build(GoldenState state, bool withTrades = false, bool withEquityCurve = false)
    {
        List<TradeRow> closes = state.Trades.FindAll(t => t.IsExit);
        Tally all = Tally.Of(closes);
        double initial = state.Input.InitialState?.Balance ?? state.Input.InitialBalance;
        double profitFactor = Metrics.ProfitFactor(all.GrossProfit, all.GrossLoss);
        (double drawdownUsd, double drawdownPct) = Metrics.MaxDrawdown(state.Equity);
        return new ReplayReport
        {
            InitialBalance = initial,
            FinalBalance = state.Balance,
            TotalPnl = state.Balance - initial,
            TotalTrades = all.Trades,
            TotalWins = all.Wins,
            TotalLosses = all.Losses,
            WinRate = all.WinRate,
            ProfitFactor = double.IsInfinity(profitFactor) ? null : profitFactor,
            SharpeRatio = Metrics.Sharpe(state.Equity),
            MaxDrawdownUsd = drawdownUsd,
            MaxDrawdownPct = drawdownPct,
            AvgTradePnl = all.AveragePnl,
            AvgWin = all.Wins > 0 ? all.GrossProfit / all.Wins : 0.0,
            AvgLoss = all.Losses > 0 ? all.GrossLoss / all.Losses : 0.0,
            TotalFees = state.Trades.Sum(t => t.Fee),
            TotalSignals = state.Gates.Signals,
            NeutralPct = 0.0,
            SlippageBps = state.Input.Parameters.Trade.SlippageBps,
            GateStats = Gates(state.Gates),
            ByConfidence = ByConfidence(closes),
            ByExitReason = Buckets(
                closes,
                ReasonCatalogue.Category,
                (name, t) => new ReasonBucket(t.Pnl, name, t.Trades, t.WinRate)
            ),
            ByReasonCode = ByReasonCode(closes),
            BySide = Buckets(closes, SideText, (name, t) => new SideBucket(t.Pnl, name, t.Trades, t.WinRate)),
            BySymbol = Buckets(
                closes,
                t => state.Input.Symbols[t.Symbol],
                (name, t) => new SymbolBucket(t.Pnl, name, t.Trades, t.WinRate)
            ),
            PerSymbol = PerSymbol.Of(state),
            Trades = withTrades ? [.. state.Trades.Select(t => Reported(t, state))] : null,
            EquityCurve = withEquityCurve ? [.. state.Equity.Select(e => new EquityPair(e.TimeMs, e.Balance))] : null,
        };
    }

    private static string SideText(TradeRow row) => row.Side == Side.Long ? "LONG" : "SHORT";

    private static List<TBucket> Buckets<TBucket>(
        List<TradeRow> closes,
        Func<TradeRow, string> key,
        Func<string, Tally, TBucket> make
    ) =>
        [
            .. closes
                .GroupBy(key, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => make(g.Key, Tally.Of(g))),
        ];

    private static List<ConfidenceBucket> ByConfidence(List<TradeRow> closes) =>
        [
            .. closes
                .GroupBy(t => t.Confidence)
                .OrderBy(g => g.Key)
                .Select(g => (Name: g.Key.ToString().ToLowerInvariant(), Tally: Tally.Of(g)))
                .Select(g => new ConfidenceBucket(g.Tally.AveragePnl, g.Name, g.Tally.Pnl, g.Tally.Trades, g.Tally.WinRate)),
        ];

    private static List<ReasonCodeBucket> ByReasonCode(List<TradeRow> closes)
    {
        ILookup<string, TradeRow> byCode = closes.ToLookup(ReasonCatalogue.Code, StringComparer.Ordinal);
        return
        [
            .. ReasonCatalogue
                .Codes.Where(byCode.Contains)
                .Select(code => (Code: code, Tally: Tally.Of(byCode[code])))
                .Select(g => new ReasonCodeBucket(g.Tally.Pnl, g.Code, g.Tally.Trades, g.Tally.WinRate)),
        ];
    }

    private static GateStats Gates(GateCounters c) =>
        new(
            BlockedByAdxLow: c.AdxLow,
            BlockedByAdxNotRising: c.AdxNotRising,
            BlockedByAnomaly: c.Anomaly,
            BlockedByBtc: c.Btc,
            BlockedByConfidence: c.Confidence,
            BlockedByExtension: c.Extension,
            BlockedByMargin: c.Margin,
            BlockedByMaxPositions: c.MaxPositions,
            BlockedByPesc: c.Pesc,
            BlockedByRanging: c.Ranging,
            BlockedByReef: c.Reef,
            BlockedBySsf: c.Ssf,
            BlockedByVolume: c.Volume,
            SignalPct: c.TotalChecks > 0 ? (double)c.Signals / c.TotalChecks : 0.0,
            SignalsGenerated: c.Signals,
            TotalChecks: c.TotalChecks
        );

    private static ReportedTrade Reported(TradeRow t, GoldenState state) =>
        new(
            Action: t.ActionText,
            Balance: t.Balance,
            Confidence: t.Confidence.ToString().ToLowerInvariant(),
            Fee: t.Fee,
            Pnl: t.Pnl,
            Price: t.Price,
            Reason: t.Reason,
            ReasonCode: ReasonCatalogue.Code(t),
            Size: t.Size,
            Symbol: state.Input.Symbols[t.Symbol],
            Timestamp: t.TimeMs
        );
}
