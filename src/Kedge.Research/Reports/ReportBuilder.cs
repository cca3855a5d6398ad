using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>Makes a <see cref="Report"/> of a <see cref="ReplayResult"/>: one pass over the bookings, one over the equity points.</summary>
public static class ReportBuilder
{
    private const int KeptDrawdowns = 5;

    /// <summary>Builds the report. The candles of the result are read for the benchmark only.</summary>
    public static Report Build(ReplayResult result)
    {
        ReplayRun run = result.Run;
        List<Trade> trades = [];
        SymbolReport?[] symbols = new SymbolReport?[result.Symbols.Count];
        double fees = 0.0;
        double funding = 0.0;
        double volume = 0.0;
        int fills = 0;
        Dictionary<long, Held> held = [];
        IReadOnlyList<Booking> bookings = result.Bookings;
        for (int i = 0; i < bookings.Count; i++)
        {
            Booking booking = bookings[i];
            SymbolReport symbol = symbols[booking.Symbol] ??= new SymbolReport(result.Symbols[booking.Symbol]);
            fees += booking.Fee;
            held.TryGetValue(booking.PositionId, out Held position);
            if (booking.Action == OrderAction.Funding)
            {
                funding += booking.Pnl;
                symbol.AddFunding(booking.Pnl, booking.Fee);
                held[booking.PositionId] = position with { Funding = position.Funding + booking.Pnl };
                continue;
            }

            fills++;
            volume += booking.Notional;
            symbol.AddFill(booking.Pnl, booking.Fee, booking.Notional, run.SlippageBps);
            if (booking.Action is OrderAction.Close or OrderAction.Reduce)
            {
                Trade trade = TradeOf(booking, result.Symbols[booking.Symbol], position);
                trades.Add(trade);
                symbol.Exits.Add(trade);
                held[booking.PositionId] = new Held(position.Exits + 1, 0.0);
                if (booking.Action == OrderAction.Close)
                {
                    held.Remove(booking.PositionId);
                }
            }
        }

        List<SymbolReport> perSymbol = [.. symbols.Where(s => s is not null).Select(s => s!)];
        return WithCurves(result) with
        {
            Trades = trades,
            All = Total(trades),
            PerSymbol = perSymbol,
            BySymbol = [.. perSymbol.Select(s => s.Exits).Where(g => g.Trades > 0)],
            BySide = Groups(trades, ["LONG", "SHORT"], t => t.Side == Side.Short ? 1 : 0),
            ByConfidence = Groups(trades, ["low", "medium", "high"], t => (int)t.Confidence),
            ByExitReason = ByCategory(trades),
            ByReasonCode = Groups(trades, ReasonName.All, t => ReasonName.Index(t.Reason)),
            Fees = fees,
            Funding = funding,
            Volume = volume,
            EstimatedSlippage = perSymbol.Sum(s => s.EstimatedSlippage),
            Fills = fills,
        };
    }

    private static Trade TradeOf(in Booking booking, string symbol, Held position)
    {
        double entry = booking.FirstEntryPrice;
        double direction = booking.Side == Side.Short ? -1.0 : 1.0;
        double unit = entry > 0.0 ? direction / entry : 0.0;
        return new Trade
        {
            PositionId = booking.PositionId,
            ExitNumber = position.Exits + 1,
            SymbolIndex = booking.Symbol,
            Symbol = symbol,
            Side = booking.Side,
            Confidence = booking.Confidence,
            EntryMs = booking.OpenedAtMs,
            ExitMs = booking.TimeMs,
            EntryPrice = entry,
            AverageEntryPrice = booking.EntryPrice,
            ExitPrice = booking.Price,
            Size = booking.Size,
            Notional = booking.Notional,
            Leverage = booking.Leverage,
            PnlGross = booking.Pnl,
            ExitFee = booking.Fee,
            EntryFee = booking.EntryFees,
            Funding = position.Funding,
            Mae = Math.Min((booking.WorstPrice - entry) * unit, 0.0),
            Mfe = Math.Max((booking.BestPrice - entry) * unit, 0.0),
            Reason = booking.Reason,
            ReasonText = ReasonText.For(booking),
        };
    }

    private static TradeGroup Total(List<Trade> trades)
    {
        TradeGroup all = new("all");
        foreach (Trade trade in trades)
        {
            all.Add(trade);
        }

        return all;
    }

    private static List<TradeGroup> Groups(List<Trade> trades, IReadOnlyList<string> keys, Func<Trade, int> keyOf)
    {
        TradeGroup[] groups = [.. keys.Select(k => new TradeGroup(k))];
        foreach (Trade trade in trades)
        {
            groups[keyOf(trade)].Add(trade);
        }

        return [.. groups.Where(g => g.Trades > 0)];
    }

    private static List<TradeGroup> ByCategory(List<Trade> trades)
    {
        SortedDictionary<string, TradeGroup> groups = new(StringComparer.Ordinal);
        foreach (Trade trade in trades)
        {
            string category = ReasonText.Category(trade.Reason);
            if (!groups.TryGetValue(category, out TradeGroup? group))
            {
                groups.Add(category, group = new TradeGroup(category));
            }

            group.Add(trade);
        }

        return [.. groups.Values];
    }

    private static Report WithCurves(ReplayResult result)
    {
        ReplayRun run = result.Run;
        CurveReader market = new(run);
        CurveReader realised = new(run);
        WorstDrawdowns worst = new(KeptDrawdowns, run.FromMs, run.InitialBalance);
        ExposureMeter exposure = new();
        IReadOnlyList<EquityPoint> curve = result.Equity;
        for (int i = 0; i < curve.Count; i++)
        {
            EquityPoint point = curve[i];
            market.Add(point.TimeMs, point.Equity);
            realised.Add(point.TimeMs, point.Balance);
            worst.Add(point.TimeMs, point.Equity);
            exposure.Add(point);
        }

        return new Report
        {
            Result = result,
            Market = market.Finish(),
            Realised = realised.Finish() with { Final = result.Account.Balance },
            Exposure = exposure.Finish(run.InitialBalance),
            WorstDrawdowns = worst.Finish(),
            Daily = market.Daily,
            Benchmark = BuyAndHold.Of(result),
            Days = (run.ToMs - run.FromMs) / (double)DailySeries.DayMs,
            Trades = [],
            All = new TradeGroup("all"),
            BySymbol = [],
            BySide = [],
            ByConfidence = [],
            ByExitReason = [],
            ByReasonCode = [],
            PerSymbol = [],
            Fees = 0.0,
            Funding = 0.0,
            Volume = 0.0,
            EstimatedSlippage = 0.0,
            Fills = 0,
        };
    }

    private readonly record struct Held(int Exits, double Funding);
}
