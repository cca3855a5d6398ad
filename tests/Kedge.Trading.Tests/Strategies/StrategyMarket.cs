using System.Runtime.InteropServices;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Strategies;

/// <summary>A seeded market of hourly bars without holes, plain sizing, and the ways to run strategies on it.</summary>
internal sealed class StrategyMarket : IDisposable
{
    public const long Epoch = 1_700_006_400_000;
    private readonly MemoryCandles _candles;

    public StrategyMarket(ulong seed, int bars = 600, params string[] symbols)
        : this(Walk(seed, bars, symbols)) { }

    public StrategyMarket(Dictionary<string, List<Bar>> bars)
    {
        Bars = bars;
        _candles = new MemoryCandles(Interval.OneHour, bars);
        Parameters[] parameters = [.. _candles.Symbols.Select(s => Plain(s))];
        Input = new ReplayInput
        {
            Main = _candles,
            Parameters = parameters,
            Portfolio = parameters[0],
            Lookback = 1,
            InitialBalance = 10_000.0,
        };
    }

    public Dictionary<string, List<Bar>> Bars { get; }

    public ReplayInput Input { get; init; }

    public IReadOnlyList<string> Symbols => _candles.Symbols;

    public static StrategyBook All(TradingStrategy strategy, IReadOnlyList<string> symbols, double? stop = null) =>
        StrategyBook.Of([], [new StrategyAssignment(strategy, symbols) { StopLossPct = stop }]);

    public static MovingAverageCross Cross(int fast, int slow, bool shorts = true) =>
        new(
            new StrategyParameters(
                "moving_average_cross",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["fast"] = $"{fast}",
                    ["slow"] = $"{slow}",
                    ["shorts"] = shorts ? "true" : "false",
                }
            )
        );

    /// <summary>A tenth of equity at leverage 3, slippage 5 bps, fee 4.5 bps; nothing dynamic.</summary>
    public static Parameters Plain(string symbol)
    {
        Parameters p = ConfigurationLoader.Defaults(new ConfigurationOptions { Symbols = [symbol] }).For(symbol);
        p.Trade.AllocationPct = 0.1;
        p.Trade.EnableDynamicSizing = false;
        p.Trade.EnableDynamicLeverage = false;
        p.Trade.Leverage = 3.0;
        p.Trade.SizeMultiplier = 1.0;
        p.Trade.MinMarginUsd = 0.0;
        p.Trade.MinNotionalUsd = 10.0;
        p.Trade.MaxNotionalUsdPerOrder = 0.0;
        p.Trade.MaxTotalMarginPct = 0.9;
        p.Trade.MaxOpenPositions = 10;
        p.Trade.MaxEntryOrdersPerLoop = 10;
        p.Trade.SlippageBps = 5.0;
        p.Trade.TakerFeeBps = 4.5;
        return p;
    }

    public ReplayOutcome Replay(
        StrategyBook book,
        Action<EngineEffect>? heard = null,
        Action<TradingEngine, CandleDriver, long>? before = null
    )
    {
        using TradingEngine engine = new(
            CandleDriver.Settings(Input, "replay") with
            {
                Strategies = book,
            },
            CandleDriver.RulesOf(Input)
        );
        CandleDriver? driver = null;
        driver = new CandleDriver(Input, engine) { Heard = heard, BeforeTick = t => before?.Invoke(engine, driver!, t) };
        return driver.Run();
    }

    /// <summary>Paper as a host runs it: bars come one by one, the engine opens its ticks itself, a price of each symbol comes before them.</summary>
    public List<Booking> Paper(StrategyBook book, Action<EngineEffect>? heard = null)
    {
        EngineSettings settings = new()
        {
            Lane = "paper",
            LoadsBarsAtStart = false,
            Ticks = TickSource.Bars,
            FillsAtQuotes = false,
            PaperBalance = Input.InitialBalance,
            Strategies = book,
        };
        using TradingEngine engine = new(settings, CandleDriver.RulesOf(Input));
        Sink sink = new(heard);
        int bars = Bars.Values.First().Count;
        for (int i = 0; i < bars; i++)
        {
            long now = Epoch + (i + 1) * Interval.OneHour.Ms;
            for (int s = 0; s < Symbols.Count; s++)
            {
                engine.Price(new PriceTick(s, Bars[Symbols[s]][i].Close, 0.0, 0.0, now, now), new Now(now, now), sink);
            }

            foreach (string symbol in Symbols)
            {
                engine.Handle(new EngineEvent.CandleClosed(symbol, Interval.OneHour, Bars[symbol][i]), new Now(now, now), sink);
            }

            Assert.Equal(i == 0 ? 0 : now, engine.LastTickMs);
        }

        long end = Epoch + bars * Interval.OneHour.Ms;
        engine.Handle(new EngineEvent.RunEnded(), new Now(end, end), sink);
        return sink.Bookings;
    }

    public static byte[] Bytes(IReadOnlyList<Booking> bookings)
    {
        // Best and worst price of a position come from the prices told, which differ between drivers; no rule reads them.
        Booking[] copy = [.. bookings];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i].BestPrice = 0.0;
            copy[i].WorstPrice = 0.0;
        }

        int field = (int)Marshal.OffsetOf<Booking>(nameof(Booking.Reason)) + sizeof(ReasonCode);
        return [.. copy.SelectMany(b => MemoryMarshal.AsBytes(new ReadOnlySpan<Booking>(in b))[..field].ToArray())];
    }

    public void Dispose() => _candles.Dispose();

    public static Dictionary<string, List<Bar>> Walk(ulong seed, int bars, string[] symbols)
    {
        Dictionary<string, List<Bar>> walks = new(StringComparer.Ordinal);
        foreach (string symbol in symbols)
        {
            TestRandom random = new(seed + (ulong)symbol[0]);
            double close = random.Between(20.0, 2_000.0);
            double drift = 0.0;
            List<Bar> walk = [];
            for (int i = 0; i < bars; i++)
            {
                drift = i % 40 == 0 ? random.Between(-0.004, 0.004) : drift;
                double open = close;
                close = Math.Round(close * (1.0 + drift + 0.01 * random.Normal() / 2.0), 4);
                double high = Math.Max(open, close) * 1.001;
                walk.Add(new Bar(Epoch + i * Interval.OneHour.Ms, open, high, Math.Min(open, close) * 0.999, close, 100.0));
            }

            walks.Add(symbol, walk);
        }

        return walks;
    }

    private sealed class Sink(Action<EngineEffect>? heard) : IEffectSink<EngineEffect>
    {
        public List<Booking> Bookings { get; } = [];

        public void Add(in EngineEffect effect)
        {
            if (effect is EngineEffect.Booked booked)
            {
                Bookings.Add(booked.Booking);
            }

            heard?.Invoke(effect);
        }
    }
}
