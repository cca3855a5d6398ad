using Kedge.Golden.Engine;
using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Report;

/// <summary>Walks the rows of one symbol in time beside its main bars and gives every bar to the trade that is active.</summary>
internal sealed class ExcursionCursor(GoldenState state, int symbol, IReadOnlyDictionary<TradeRow, long> positionIds)
{
    private readonly Bar[] _bars = state.Input.Main[symbol];
    private int _next;
    private ActiveTrade? _active;

    /// <summary>Adds the exits of the symbol.</summary>
    /// <param name="initialId">Number of the position the run started with; 0 for none.</param>
    /// <param name="rows">Where the exits go.</param>
    public void Walk(long initialId, List<ExportRow> rows)
    {
        string name = state.Input.Symbols[symbol];
        if (initialId > 0)
        {
            Position position = state.Input.InitialState!.Positions[name];
            _active = new ActiveTrade(initialId, position.OpenedAtMs, position.Side, position.EntryPrice);
        }

        IEnumerable<TradeRow> fills = state.Trades.Where(t => t.Symbol == symbol && t.Action != OrderAction.Funding);
        foreach (TradeRow fill in fills.OrderBy(t => t.TimeMs))
        {
            TakeBars(fill.TimeMs - 1);
            if (fill.Action == OrderAction.Open)
            {
                _active = new ActiveTrade(positionIds[fill], fill.TimeMs, fill.Side, fill.Price);
            }

            TakeBars(fill.TimeMs);
            if (fill.IsExit && _active is { } trade)
            {
                rows.Add(trade.Exit(fill, name));
                _active = fill.Action == OrderAction.Close ? null : trade;
            }
        }
    }

    private void TakeBars(long untilMs)
    {
        for (; _next < _bars.Length && _bars[_next].OpenTimeMs <= untilMs; _next++)
        {
            _active?.See(_bars[_next]);
        }
    }

    private sealed class ActiveTrade(long id, long entryMs, Side side, double entryPrice)
    {
        private double _rise;
        private double _fall;
        private int _exits;

        public void See(in Bar bar)
        {
            _rise = Math.Max(_rise, (bar.High - entryPrice) / entryPrice);
            _fall = Math.Min(_fall, (bar.Low - entryPrice) / entryPrice);
        }

        public ExportRow Exit(TradeRow row, string name) =>
            new(
                PositionId: id,
                ExitNumber: ++_exits,
                EntryMs: entryMs,
                ExitMs: row.TimeMs,
                Symbol: name,
                Side: side == Side.Long ? "LONG" : "SHORT",
                EntryPrice: entryPrice,
                ExitPrice: row.Price,
                Size: row.Size,
                Pnl: row.Pnl,
                Fee: row.Fee,
                Mae: side == Side.Long ? _fall : 0.0 - _rise,
                Mfe: side == Side.Long ? _rise : 0.0 - _fall,
                ReasonCode: ReasonCatalogue.Code(row),
                Reason: row.Reason
            );
    }
}
