using System.Buffers;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>A segment of a session on its way: told again what it was told, cut at its ticks.</summary>
internal sealed class SessionRun : IEffectSink<EngineEffect>, IDisposable
{
    private readonly TradingEngine _engine;
    private readonly List<EngineEffect> _effects = [];
    private readonly Dictionary<string, ParityTrade> _intents = new(StringComparer.Ordinal);
    private readonly HashSet<FillKey> _fills = [];
    private ParityInterval? _before;
    private ParityInterval _now;

    public SessionRun(SegmentReader reader, TradingEngine engine)
    {
        _engine = engine;
        KeepsStates = engine.Settings.Ticks == TickSource.Bars || IsLive;
        _now = new ParityInterval { State = reader.State };
    }

    /// <summary>Orders leave for a venue: what is decided and what comes of it are two things.</summary>
    public bool IsLive => _engine.Settings.Mode != TradingMode.Paper;

    public TradingEngine Engine => _engine;

    /// <summary>The state is kept at every tick, not only where the session saw what a replay does not.</summary>
    public bool KeepsStates { get; set; }

    /// <summary>Takes an input. Answers the interval before the tick it ran, if it ran one, and the interval after that.</summary>
    public (ParityInterval Over, ParityInterval Next)? Take(JournalRecord record)
    {
        Now at;
        _effects.Clear();
        switch (record)
        {
            case JournalRecord.Event told:
                at = told.At;
                _engine.Handle(told.Told, at, this);
                break;
            case JournalRecord.Price price:
                at = price.At;
                _engine.Price(price.Tick, at, this);
                break;
            default:
                return null;
        }

        _now.Told.Add(record);
        EngineEffect.Ticked? ticked = _effects.OfType<EngineEffect.Ticked>().FirstOrDefault();
        foreach (EngineEffect effect in _effects)
        {
            Hear(effect, ticked is not null || record is JournalRecord.Event { Told: EngineEvent.RunEnded });
        }

        if (record is JournalRecord.Event { Told: EngineEvent.LedgerFailed })
        {
            _now.HadLedgerFailure = true;
        }

        if (ticked is null)
        {
            return null;
        }

        _now.TickMs = ticked.TimeMs;
        _now.OffsetMs = at.WallMs - at.MonotonicMs;
        return Close();
    }

    /// <summary>The interval before the last tick with what follows it, then that alone.</summary>
    public IEnumerable<(ParityInterval Over, ParityInterval? Next)> End()
    {
        _now.Hash = _engine.Account.Hash;
        if (_before is { } before)
        {
            yield return (before, _now);
        }

        yield return (_now, null);
    }

    public void Dispose() => _engine.Dispose();

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    private (ParityInterval, ParityInterval)? Close()
    {
        _now.Hash = _engine.Account.Hash;
        (ParityInterval? before, ParityInterval over) = (_before, _now);
        _before = over;
        _now = new ParityInterval { State = KeepsStates || SawMore(over) ? State() : (ReadOnlyMemory<byte>?)null };
        return before is null ? null : (before, over);
    }

    /// <summary>Whether the session was told anything that a replay of its candles is not.</summary>
    private static bool SawMore(ParityInterval over)
    {
        Dictionary<string, double> closes = new(StringComparer.Ordinal);
        foreach (JournalRecord record in over.Told)
        {
            if (
                record is JournalRecord.Event { Told: EngineEvent.CandleClosed c }
                && c.Bar.OpenTimeMs + c.Interval.Ms == over.TickMs
            )
            {
                closes[c.Symbol] = c.Bar.Close;
            }
        }

        return over.Told.Exists(r =>
            r switch
            {
                JournalRecord.Event { Told: EngineEvent.TickClosed } => false,
                JournalRecord.Event e => !TickReplay.Hears(e.Told),
                JournalRecord.Price p => p.Tick.TimeMs != over.TickMs || !closes.ContainsValue(p.Tick.Mid),
                _ => false,
            }
        );
    }

    private ReadOnlyMemory<byte> State()
    {
        ArrayBufferWriter<byte> state = new();
        _engine.SaveFull(state);
        return state.WrittenMemory;
    }

    private void Hear(EngineEffect effect, bool atTick)
    {
        switch (effect)
        {
            case EngineEffect.Booked { Booking: { Action: OrderAction.Funding } b }:
                _now.Funding.Add((b.Symbol, b.TimeMs / FundingMeter.BoundaryMs, b.Pnl));
                break;
            case EngineEffect.Booked { Booking: var b } when !IsLive:
                _now.Trades.Add(ParityTrade.Of(b, ReasonText.For(b)) with { IsBetween = !atTick });
                break;
            case EngineEffect.Refused refused:
                _now.Refused.Add((refused.Symbol, refused.Order.Action, refused.Code));
                break;
            case EngineEffect.WriteEmergency emergency when IsLive:
                foreach (LedgerRow.IntentCreated created in emergency.Intents)
                {
                    Create(created, atTick);
                }

                break;
            case EngineEffect.Commit commit when IsLive:
                foreach (LedgerRow row in commit.Batch.Rows)
                {
                    Read(row, atTick);
                }

                break;
        }
    }

    private void Read(LedgerRow row, bool atTick)
    {
        switch (row)
        {
            case LedgerRow.IntentCreated created:
                Create(created, atTick);
                break;
            case LedgerRow.FillBooked { IntentId: { } id } fill
                when _intents.TryGetValue(id, out ParityTrade? trade) && _fills.Add(fill.Key):
                double size = fill.Size.ToDouble();
                double filled = trade.Filled + size;
                trade.Price = ((trade.Price * trade.Filled) + (fill.Price.ToDouble() * size)) / filled;
                trade.Filled = filled;
                trade.Fee += fill.Fee.ToDouble();
                trade.Pnl += fill.Pnl.ToDouble();
                break;
            case LedgerRow.IntentChanged changed when _intents.TryGetValue(changed.IntentId, out ParityTrade? trade):
                trade.Evidence = changed.Evidence.Length > 0 ? $"{changed.Status}: {changed.Evidence}" : $"{changed.Status}";
                break;
        }
    }

    /// <summary>Entries wait until the exits of their tick have settled: they belong to that tick, not to the one that follows.</summary>
    private void Create(LedgerRow.IntentCreated created, bool atTick)
    {
        if (_intents.ContainsKey(created.IntentId))
        {
            return;
        }

        bool belongsBefore = !atTick && _before is { } before && created.DecisionMs == before.TickMs;
        ParityTrade trade = new()
        {
            Symbol = _engine.RankOf(created.Symbol),
            Action = created.Action,
            DecidedMs = created.DecisionMs,
            Wanted = created.RequestedSize.ToDouble(),
            IsBuy = created.IsBuy,
            Reason = created.Reason,
            IsOperators = created.Owner == IntentOwner.Operator,
            IsBetween = !atTick && !belongsBefore,
        };
        _intents.Add(created.IntentId, trade);
        (belongsBefore ? _before! : _now).Trades.Add(trade);
    }
}
