using System.Buffers;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Ledger;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Engine;

// The risk manager's place in the engine: every order asks it, every booking and every second tells it.
public sealed unsafe partial class TradingEngine : IRiskSink
{
    private readonly RiskManager? _risk;
    private const long KeepRiskEveryMs = 60_000;
    private bool _byOperator;
    private bool _riskMoved;
    private long _riskKeptMs;
    private bool _paused;

    /// <summary>The risk manager; null where there is none. Called on the thread of <see cref="Handle"/>.</summary>
    public RiskManager? Risk => _risk;

    /// <inheritdoc/>
    void IRiskSink.Latched(KillChange change) => OnKillChange(change);

    /// <inheritdoc/>
    void IRiskSink.Cleared(KillChange change) => OnKillChange(change);

    /// <inheritdoc/>
    void IRiskSink.Alert(in RiskAlert alert) => Alert(alert.Key, alert.Text);

    private void OnKillChange(KillChange change)
    {
        KillMode mode = change.Latch.Mode;
        _rows.Add(KillRows.Of(change));
        _mustKeepRisk = true;
        string verb = change.Cleared ? "lifted" : $"latched ({mode.Name()})";
        Alert(change.Cleared ? "kill_cleared" : "kill_latched", $"{change.Latch.Key} {verb}: {change.Latch.Reason}");
    }

    /// <summary>Asks every limit and holds a place in every bucket.</summary>
    private bool Reserve(in KernelOrder order, out int code, out RiskReservation reservation)
    {
        code = 0;
        reservation = default;
        if (_risk is null)
        {
            return true;
        }

        RiskRequest request = RequestOf(order, _byOperator);
        RiskView view = ViewFor(order.Symbol);
        RiskDecision decision = _risk.Reserve(request, view, _now, out reservation);
        code = (int)decision.Code;
        return decision.IsAllowed;
    }

    private RiskRequest RequestOf(in KernelOrder order, bool byOperator) =>
        new()
        {
            Symbol = order.Symbol,
            Action = RiskActions.Of(order.Action),
            Side = order.Side,
            Size = order.Size,
            ExpectedPrice = order.ExpectedPrice,
            Leverage = order.Leverage,
            Atr = order.EntryAtr,
            StopAtrMult = _memory.Parameters[order.Symbol].Trade.SlAtrMult,
            Urgency = byOperator ? OrderUrgency.Protective : RiskActions.UrgencyOf(order.Reason),
            ByOperator = byOperator,
        };

    /// <summary>What is held and on its way, but for one order.</summary>
    private RiskView ViewFor(int symbol, LaneIntent? but = null)
    {
        RiskView view = RiskManager.View(symbol, Equity());
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            if (!state->Position.IsOpen && !state->Working.IsWorking)
            {
                continue;
            }

            bool opens = IsEntry(state->Working.Action) && !(but is { IsPlaced: false } && but.Symbol == i);
            RiskPosition position = new()
            {
                Symbol = i,
                Side = state->Position.Side,
                Size = state->Position.Size,
                Mark = state->Mark,
                EntryPrice = state->Position.EntryPrice,
                EntryAtr = state->Position.EntryAtr,
                TrailingStop = state->Position.HasTrailingStop ? state->Position.TrailingStop : 0.0,
                StopAtrMult = _memory.Parameters[i].Trade.SlAtrMult,
                WorkingSide = opens ? state->Working.Side : Side.Flat,
                WorkingSize = opens ? state->Working.Size - state->Working.FilledSize : 0.0,
                WorkingPrice = WorkingPrice(i),
                WorkingAtr = state->Working.EntryAtr,
            };
            _risk!.Count(ref view, position);
        }

        CountForeign(ref view);
        CountPlaced(ref view, but);
        return view;
    }

    /// <summary>What an entry on its way may fill at: its limit, which is the worst; on a symbol without one the last price.</summary>
    private double WorkingPrice(int symbol)
    {
        foreach (LaneIntent intent in _intents.Open)
        {
            if (intent.Symbol == symbol && intent.IsEntry && !intent.IsPlaced && intent.Limit > 0m)
            {
                return (double)intent.Limit;
            }
        }

        return _memory.States[symbol].Mark;
    }

    /// <summary>What others hold on the account counts toward every limit.</summary>
    private void CountForeign(ref RiskView view)
    {
        for (int i = 0; i < _memory.Symbols && _settings.Mode != TradingMode.Paper; i++)
        {
            decimal foreign = _book.Foreign(i);
#if PLANTED_BUGS
            foreign = IsPlanted(PlantedBug.ForeignOutsideLimits) ? 0m : foreign;
#endif
            if (foreign != 0m)
            {
                RiskPosition position = new()
                {
                    Symbol = i,
                    Side = foreign > 0m ? Side.Long : Side.Short,
                    Size = (double)Math.Abs(foreign),
                    Mark = _memory.States[i].Mark,
                    EntryPrice = _memory.States[i].Mark,
                };
                _risk!.Count(ref view, position);
            }
        }
    }

    /// <summary>What the account is worth: balance and unrealised profit at the last prices.</summary>
    private double Equity()
    {
        Kernel.Phases.Totals.Of(_account, ref _world, out Totals totals);
        return totals.Equity;
    }

    /// <summary>Tells the risk manager the equity; once a second and at every tick.</summary>
    private void ReadEquity()
    {
        if (_risk is null)
        {
            return;
        }

        double peak = _risk.HighWaterMark;
        if (_settings.Mode == TradingMode.Paper && KnowsEquity())
        {
            Know(Equity());
        }

        _risk.OnTime(_account->OpenPositions, _now, this);
        _riskMoved |= _risk.HighWaterMark != peak;
        if (_risk.ClosesAll && _account->OpenPositions > 0)
        {
            CloseAll(ReasonCode.RiskReduction, _risk.DrawdownPct);
        }
    }

    /// <summary>Equity was read. What a day begins with is written down within a second: after a crash it must not begin anew, with less.</summary>
    private void Know(double equity)
    {
        double began = _risk!.DayStart;
        _risk.OnEquity(equity, _now, this);
        _mustKeepRisk |= _risk.DayStart != began;
    }

    /// <summary>Positions without any price make equity a guess.</summary>
    private bool KnowsEquity()
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (_memory.States[i].Position.IsOpen && !(_memory.States[i].Mark > 0.0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Asks for the close of every position that has a price and none on its way.</summary>
    private void CloseAll(ReasonCode reason, double value)
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            if (!state->Position.IsOpen || state->Working.Action == OrderAction.Close || !ExitPrice(i, out PriceRange price))
            {
                continue;
            }

            Kernel.MeiAlpha.Exits.ExitDecision all = Kernel.MeiAlpha.Exits.ExitDecision.Full(reason, price.Close, value);
            MoveTime();
            Orders.Leave(_account, _tick, i, state->Position.Size, all, ref _world, ref _trace);
        }
    }

    private void Count(in Booking booking)
    {
        _risk?.OnBooking(booking, _now, this);
        _mustKeepRisk = true;
    }

    private void Measure(LaneIntent intent, in Booking booking)
    {
        if (_risk is null || _settings.Ticks == TickSource.Told)
        {
            return;
        }

        RiskFill fill = new()
        {
            Symbol = booking.Symbol,
            IsBuy = intent.Row.IsBuy,
            Price = booking.Price,
            Bid = intent.Bid,
            Ask = intent.Ask,
            Mid = intent.Mid,
        };
        _risk.OnFill(fill, _now, this);
    }

    private byte[] SaveRisk()
    {
        ArrayBufferWriter<byte> into = new(4096);
        _risk!.Save(_now, into);
        return into.WrittenSpan.ToArray();
    }
}
