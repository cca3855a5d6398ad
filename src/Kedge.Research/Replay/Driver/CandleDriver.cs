using Kedge.Kernel;
using Kedge.Kernel.Phases;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;

namespace Kedge.Research.Replay.Driver;

/// <summary>
/// Drives a trading engine over recorded candles: at each tick the funding records that are due, the bars that close, one price for each held symbol, and
/// the end of the tick. With paper fills at the decision's price the engine then does what <see cref="ReplayEngine"/> does.
/// </summary>
public sealed class CandleDriver : IEffectSink<EngineEffect>
{
    private readonly ReplayInput _input;
    private TradingEngine _engine;
    private readonly DriverSeries[] _series;
    private readonly List<Booking> _bookings = [];
    private readonly List<EquityPoint> _equity = [];

    /// <summary>A driver before the first bar.</summary>
    /// <param name="input">Candles, funding and window.</param>
    /// <param name="engine">An engine made with <see cref="Settings"/> and <see cref="RulesOf"/>.</param>
    public CandleDriver(ReplayInput input, TradingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _engine = engine;
        _series = [.. input.Main.Symbols.Select((s, i) => new DriverSeries(input, s, i))];
    }

    /// <summary>Hears every effect of the engine that the driver does not carry out itself, in order.</summary>
    public Action<EngineEffect>? Heard { get; init; }

    /// <summary>
    /// Tells the engine and carries out what it decides, as in a service: with journal and ledger. It has to let <see cref="Hear"/> hear. Null: the engine is
    /// told directly.
    /// </summary>
    public EngineDriver? Through { get; init; }

    /// <summary>Called before a tick is closed, with its time: whatever else the engine is to be told.</summary>
    public Action<long>? BeforeTick { get; init; }

    /// <summary>Called after a tick has run, with its time.</summary>
    public Action<long>? AfterTick { get; init; }

    /// <summary>Settings of an engine on recorded candles.</summary>
    /// <param name="input">What it runs on.</param>
    /// <param name="lane">Name of the lane.</param>
    public static EngineSettings Settings(ReplayInput input, string lane)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new EngineSettings
        {
            Lane = lane,
            Ticks = TickSource.Told,
            PaperBalance = input.InitialBalance,
            FillsAtQuotes = false,
            DataEndsAfterBars = 24,
        };
    }

    /// <summary>The rules of an input.</summary>
    public static EngineRules RulesOf(ReplayInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new EngineRules
        {
            Symbols = input.Main.Symbols,
            Parameters = input.Parameters,
            Portfolio = input.Portfolio,
            Terms = input.Terms,
            Main = input.Main.Interval,
            Entry = input.Entry?.Interval,
            Exit = input.Exit?.Interval,
            Lookback = input.Lookback,
        };
    }

    /// <summary>Runs the whole input.</summary>
    /// <param name="begins">Called with the first moment before anything is told; null for nothing.</param>
    public ReplayOutcome Run(Action<long>? begins = null)
    {
        long first = 0;
        long last = 0;
        if (Next() is var begin && begin != long.MaxValue)
        {
            begins?.Invoke(begin);
        }

        for (long now = Next(); now <= _input.ToMs && now != long.MaxValue; now = Next())
        {
            bool trades = now >= _input.FromMs;
            Feed(now);
            if (!trades)
            {
                continue;
            }

            BeforeTick?.Invoke(now);
            Tell(new EngineEvent.TickClosed(now), now);
            _equity.Add(Point(now));
            first = first == 0 ? now : first;
            last = now;
            AfterTick?.Invoke(now);
        }

        if (last != 0)
        {
            Tell(new EngineEvent.RunEnded(), last);
            _equity.Add(Point(last));
        }

        return new ReplayOutcome(_bookings, _equity, _engine.Account, first, last);
    }

    /// <summary>
    /// Goes on with another engine, as after a restart: it has taken over the ledger, and is told again the bars and the funding records that were told
    /// before, which decide nothing any more.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="timeMs">The last moment that was told.</param>
    public void GoOnWith(TradingEngine engine, long timeMs)
    {
        _engine = engine;
        foreach (DriverSeries series in _series)
        {
            foreach ((long recordMs, double rate) in series.FundingTold())
            {
                Tell(new EngineEvent.FundingRate(series.Symbol, recordMs, rate), timeMs);
            }

            series.TellAgain((interval, bar) => Tell(new EngineEvent.CandleClosed(series.Symbol, interval, bar), timeMs));
        }
    }

    /// <summary>Tells the engine something at a moment of the candles.</summary>
    public void Tell(EngineEvent told, long timeMs)
    {
        if (Through is { } through)
        {
            through.Tell(told, new Now(timeMs, timeMs));
        }
        else
        {
            _engine.Handle(in told, new Now(timeMs, timeMs), this);
        }
    }

    /// <summary>Tells the engine a price at a moment of the candles.</summary>
    public void Tell(int symbol, double price, long timeMs)
    {
        PriceTick tick = new(symbol, price, 0.0, 0.0, timeMs, timeMs);
        if (Through is { } through)
        {
            through.Price(tick, new Now(timeMs, timeMs));
        }
        else
        {
            _engine.Price(tick, new Now(timeMs, timeMs), this);
        }
    }

    /// <inheritdoc/>
    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => Hear(effect);

    /// <summary>Takes an effect of the engine.</summary>
    public void Hear(EngineEffect effect)
    {
        if (effect is EngineEffect.Booked booked)
        {
            _bookings.Add(booked.Booking);
        }

        Heard?.Invoke(effect);
    }

    private long Next()
    {
        long next = long.MaxValue;
        foreach (DriverSeries series in _series)
        {
            next = Math.Min(next, series.NextCloseMs);
        }

        return next;
    }

    private void Feed(long now)
    {
        foreach (DriverSeries series in _series)
        {
            while (series.NextFunding(now) is (long timeMs, double rate))
            {
                Tell(new EngineEvent.FundingRate(series.Symbol, timeMs, rate), now);
            }
        }

        foreach (DriverSeries series in _series)
        {
            series.Take(now, (interval, bar) => Tell(new EngineEvent.CandleClosed(series.Symbol, interval, bar), now));
        }

        Tick tick = new(now, _input.Main.Interval.Ms);
        for (int i = 0; i < _series.Length; i++)
        {
            if (_engine.StateOf(i).Position.IsOpen && _series[i].Bars.ExitRange(tick, out PriceRange range))
            {
                Tell(i, range.Close, now);
            }
        }
    }

    private EquityPoint Point(long now)
    {
        Totals totals = _engine.Totals();
        Kernel.Perps.Account account = _engine.Account;
        return new EquityPoint(now, account.Balance, totals.Equity, totals.Notional, account.Margin, account.OpenPositions);
    }
}
