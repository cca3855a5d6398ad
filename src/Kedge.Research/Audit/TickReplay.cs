using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>
/// A replay of what a session was told, as a candle driver would tell it: bars, funding and orders of operators, one price for each held symbol at a tick, and
/// the tick. It fills on paper at the price of the decision.
/// </summary>
internal sealed class TickReplay : IEffectSink<EngineEffect>, IDisposable
{
    private readonly TradingEngine _engine;
    private readonly List<EngineEffect.LoadBars> _loads = [];

    /// <summary>A replay with the state of a segment's beginning.</summary>
    public TickReplay(SegmentReader reader, EngineSettings settings)
    {
        _engine = SegmentEngine.Make(
            reader,
            settings with
            {
                Mode = TradingMode.Paper,
                Ticks = TickSource.Told,
                FillsAtQuotes = false,
            }
        );
    }

    /// <summary>What it decided since it was last cleared.</summary>
    public List<ParityTrade> Trades { get; } = [];

    /// <summary>Funding payments since then.</summary>
    public List<(int Symbol, long HourMs, double Usd)> Funding { get; } = [];

    /// <summary>Prices of the last tick, by rank, for held symbols.</summary>
    public Dictionary<int, double> Prices { get; } = [];

    /// <summary>Answers questions for bars of the past; without it a symbol waits.</summary>
    public Func<EngineEffect.LoadBars, IReadOnlyList<Bar>>? Bars { get; init; }

    public ulong Hash => _engine.Account.Hash;

    /// <summary>Takes over the state of another engine, or goes on from its own where that is the same.</summary>
    public void GoOnFrom(ReadOnlyMemory<byte>? state)
    {
        if (state is { } other)
        {
            _engine.LoadFull(other.Span);
        }

        Clear();
    }

    /// <summary>Forgets what it decided.</summary>
    public void Clear()
    {
        Trades.Clear();
        Funding.Clear();
        Prices.Clear();
    }

    /// <summary>Whether a replay is told an event of a session: what a venue, a clock or a disk said is the session's own.</summary>
    public static bool Hears(EngineEvent told) =>
        told
            is not (
                EngineEvent.TickClosed
                or EngineEvent.TimerFired
                or EngineEvent.Told
                or EngineEvent.LedgerFailed
                or EngineEvent.EmergencyFailed
                or EngineEvent.JournalFailed
                or EngineEvent.JournalWorks
            );

    public void Tell(EngineEvent told, in Now now)
    {
        _engine.Handle(in told, now, this);
        while (Bars is { } bars && _loads.Count > 0)
        {
            EngineEffect.LoadBars load = _loads[0];
            _loads.RemoveAt(0);
            Tell(new EngineEvent.BarsLoaded(load.Symbol, load.Request, bars(load)), now);
        }
    }

    /// <summary>Everything that closes at a tick was told: prices, and the tick.</summary>
    public void Tick(long timeMs, in Now now)
    {
        Tick tick = new(timeMs, _engine.Rules.Main.Ms);
        for (int i = 0; i < _engine.Rules.Symbols.Count; i++)
        {
            if (_engine.StateOf(i).Position.IsOpen && _engine.BarsOf(i).ExitRange(tick, out PriceRange range))
            {
                Prices[i] = range.Close;
                _engine.Price(new PriceTick(i, range.Close, 0.0, 0.0, timeMs, now.MonotonicMs), now, this);
            }
        }

        Tell(new EngineEvent.TickClosed(timeMs), now);
    }

    public void Dispose() => _engine.Dispose();

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect)
    {
        switch (effect)
        {
            case EngineEffect.Booked { Booking: { Action: OrderAction.Funding } b }:
                Funding.Add((b.Symbol, b.TimeMs / FundingMeter.BoundaryMs, b.Pnl));
                break;
            case EngineEffect.Booked { Booking: var b }:
                Trades.Add(ParityTrade.Of(b, ReasonText.For(b)));
                break;
            case EngineEffect.LoadBars load:
                _loads.Add(load);
                break;
        }
    }
}
