using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Live;

/// <summary>
/// A live engine with a real ledger, driven by hand: a test says what happens and sees what is sent. BTC and ETH belong to a strategy that says what the
/// test lets it say; both cost 100 until told otherwise.
/// </summary>
internal sealed class LiveDesk : IEffectSink<EngineEffect>, IDisposable
{
    public const long Start = StrategyMarket.Epoch + 1_800_000;
    private static readonly InstrumentSpec Spec = new("", 4, 6, 5, 10.0, [new LeverageTier(0.0, 50.0)]);
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-desk-").FullName;
    private readonly List<EngineEffect> _effects = [];
    private SqliteLedger _ledger;
    private long _trades;

    private readonly double _price;
    private readonly double? _stop;
    private readonly TradingMode _mode;

    public LiveDesk(
        LiveSettings? live = null,
        RiskSettings? risk = null,
        double price = 100.0,
        double? stop = null,
        TradingMode mode = TradingMode.Live
    )
    {
        _price = price;
        _stop = stop;
        _mode = mode;
        Live = live ?? new LiveSettings();
        Risk = risk ?? new RiskSettings { MaxDailyLossPct = 0, MaxDrawdownPct = 0 };
        (_ledger, Engine) = Open();
        Connect();
    }

    public LiveSettings Live { get; }

    public RiskSettings Risk { get; }

    public TradingEngine Engine { get; private set; }

    public long NowMs { get; private set; } = Start;

    /// <summary>Leverage of positions as the venue has it.</summary>
    public int Leverage { get; set; } = 3;

    /// <summary>Whether commits fail.</summary>
    public bool LedgerFails { get; set; }

    public List<VenueCommand> Sent { get; } = [];

    public List<EngineEffect.Alert> Alerts { get; } = [];

    public List<EngineEffect.Refused> Refusals { get; } = [];

    public List<LedgerRow> Rows { get; } = [];

    public IEnumerable<OrderIntent> Orders => Sent.OfType<VenueCommand.Place>().SelectMany(p => p.Orders).Select(o => o.Intent);

    public OrderIntent LastOrder => Orders.Last();

    public Now Now => new(NowMs - Start + 1_000_000, NowMs);

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    /// <summary>The account flat, or as told, and a fresh price of both.</summary>
    public void Connect(params PositionReport[] positions)
    {
        Tell(new VenueEvent.SessionUp(1));
        Tell(new VenueEvent.AccountAnswered(10_000m, 10_000m, 0m, positions, NowMs, null));
        Price("BTC", _price);
        Price("ETH", _price);
    }

    /// <summary>A bar that closes at a moment and in which nothing moved.</summary>
    public static Bar FlatBar(long closeMs, double price = 100.0) =>
        new()
        {
            OpenTimeMs = closeMs - 3_600_000,
            Open = price,
            High = price * 1.01,
            Low = price * 0.99,
            Close = price,
            Volume = 1.0,
        };

    public void MoveTo(long ms) => NowMs = ms;

    public void Wait(long ms)
    {
        NowMs += ms;
        Account();
        Handle(new EngineEvent.TimerFired(TradingEngine.SecondTimer));
    }

    /// <summary>The venue's account, as the engine has it.</summary>
    public void Account()
    {
        PositionReport[] held =
        [
            .. Engine
                .Rules.Symbols.Select((s, i) => (Symbol: s, Size: Engine.OwnOf(i) + Engine.ForeignOf(i)))
                .Where(h => h.Size != 0m)
                .Select(h => new PositionReport(
                    h.Symbol,
                    h.Size,
                    (decimal)_price,
                    (decimal)_price * h.Size,
                    0m,
                    0m,
                    Leverage,
                    true,
                    null
                )),
        ];
        Tell(new VenueEvent.AccountAnswered(10_000m, 10_000m, 0m, held, NowMs, null));
    }

    public void Tell(VenueEvent told) => Handle(new EngineEvent.Told(told));

    public void Price(string symbol, double price)
    {
        Engine.Price(
            new PriceTick(Engine.RankOf(symbol), price, price * 0.9999, price * 1.0001, NowMs, Now.MonotonicMs),
            Now,
            this
        );
        CarryOut();
    }

    /// <summary>At the next full hour: bars of both come, the tick runs, and the strategy wants something.</summary>
    public void Tick(params StrategySignal[] wanted)
    {
        foreach (StrategySignal signal in wanted)
        {
            Handle(new EngineEvent.StrategySignal("scripted", signal));
        }

        NextBars();
    }

    /// <summary>The next full hour: the venue's account, fresh prices, and the bars of both.</summary>
    public void NextBars()
    {
        long close = ((NowMs / 3_600_000) + 1) * 3_600_000;
        NowMs = close + 100;
        Account();
        Price("BTC", _price);
        Price("ETH", _price);
        foreach (string symbol in new[] { "BTC", "ETH" })
        {
            Handle(new EngineEvent.CandleClosed(symbol, Interval.OneHour, FlatBar(close, _price)));
        }
    }

    /// <summary>The strategy buys, the leverage is set, the order is out.</summary>
    public OrderIntent Buy(string symbol, double size)
    {
        Tick(new StrategySignal(symbol, SignalAction.Buy) { Quantity = size });
        VenueCommand.SetLeverage? leverage = Sent.OfType<VenueCommand.SetLeverage>().LastOrDefault(l => l.Symbol == symbol);
        if (leverage is not null)
        {
            Tell(new VenueEvent.LeverageAnswered(symbol, leverage.Leverage, CommandOutcome.Done, null));
        }

        return LastOrder;
    }

    public void Operate(OperatorCommand command) => Handle(new EngineEvent.Operated(command));

    /// <summary>Ann places an order.</summary>
    public void Place(
        string id,
        string symbol,
        bool isBuy,
        decimal size,
        decimal? limit = null,
        bool reduceOnly = false,
        TimeInForce force = TimeInForce.Gtc
    )
    {
        Operate(
            new OperatorCommand.Place
            {
                Operator = "ann",
                Reason = "by hand",
                Id = id,
                Symbol = symbol,
                IsBuy = isBuy,
                Size = size,
                Limit = limit,
                ReduceOnly = reduceOnly,
                TimeInForce = force,
            }
        );
        foreach (VenueCommand.SetLeverage leverage in Sent.OfType<VenueCommand.SetLeverage>().ToArray())
        {
            Tell(new VenueEvent.LeverageAnswered(leverage.Symbol, leverage.Leverage, CommandOutcome.Done, null));
        }
    }

    public void Ack(OrderIntent order, long venueId) =>
        Tell(new VenueEvent.OrderAcked(order.Id, venueId, OrderPhase.Open, 0m, null));

    public void Fill(OrderIntent order, long venueId, decimal? size = null, ClientOrderId? id = null, decimal? price = null) =>
        Tell(Filled(id ?? order.Id, venueId, order.Symbol, order.IsBuy, size ?? order.Size, price ?? 100m));

    public VenueEvent.Filled Filled(ClientOrderId id, long venueId, string symbol, bool isBuy, decimal size, decimal price) =>
        new(
            new Fill(++_trades, venueId, id, symbol, isBuy, price, size, 0m, 0m, 0m, true, false, NowMs),
            AccountCursor.StartingAt(NowMs)
        );

    public OrderReport Report(OrderIntent order, long venueId, OrderPhase phase, decimal filled = 0m, long? timeMs = null) =>
        new(
            order.Id,
            venueId,
            order.Symbol,
            order.IsBuy,
            order.LimitPrice,
            order.Size,
            order.Size - filled,
            order.ReduceOnly,
            phase,
            phase.ToString(),
            timeMs ?? NowMs
        );

    public IntentImage Intent(ClientOrderId id) => _ledger.Load().Intents.Single(i => i.Intent.ClientOrderId == id);

    public LedgerImage Load() => _ledger.Load();

    /// <summary>The process is killed and starts again; nothing is connected yet.</summary>
    public void Restart()
    {
        Engine.Dispose();
        _ledger.Dispose();
        (_ledger, Engine) = Open();
    }

    public IReadOnlyList<string> CheckLedger() => LedgerCheck.Run(Path.Combine(_folder, "trading.db"));

    public void Dispose()
    {
        Engine.Dispose();
        _ledger.Dispose();
        Directory.Delete(_folder, true);
    }

    public void Handle(EngineEvent told)
    {
        Engine.Handle(in told, Now, this);
        CarryOut();
    }

    private (SqliteLedger, TradingEngine) Open()
    {
        SqliteLedger ledger = SqliteLedger.Open(
            new SqliteLedgerOptions(Path.Combine(_folder, "trading.db"), "live", "0xabc")
            {
                IsDouble = _mode == TradingMode.Paper,
            },
            NowMs
        );
        string[] symbols = ["BTC", "ETH"];
        Parameters[] parameters = [.. symbols.Select(StrategyMarket.Plain)];
        TradingEngine engine = new(
            new EngineSettings
            {
                Lane = "live",
                Account = "0xabc",
                Mode = _mode,
                LoadsBarsAtStart = false,
                Live = Live,
                Risk = Risk,
                Strategies = StrategyMarket.All(new Scripted(_ => []), symbols, _stop),
            },
            new EngineRules
            {
                Symbols = symbols,
                Parameters = parameters,
                Portfolio = parameters[0],
                Terms = [.. symbols.Select(s => (Spec with { Symbol = s }).ToTerms())],
                Instruments = [.. symbols.Select(s => Spec with { Symbol = s })],
                Main = Interval.OneHour,
                Lookback = 0,
            }
        );
        engine.Restore(ledger.Load(), Now);
        return (ledger, engine);
    }

    private void CarryOut()
    {
        EngineEffect[] effects = [.. _effects];
        _effects.Clear();
        bool dropped = false;
        foreach (EngineEffect effect in effects)
        {
            switch (effect)
            {
                case EngineEffect.Commit commit when LedgerFails:
                    dropped = true;
                    Handle(new EngineEvent.LedgerFailed(commit.Batch.Sequence, "planted"));
                    break;
                case EngineEffect.Commit commit:
                    dropped = false;
                    Assert.True(_ledger.Commit(commit.Batch).IsOk);
                    Rows.AddRange(commit.Batch.Rows);
                    break;
                case EngineEffect.WriteEmergency:
                    dropped = false;
                    break;
                case EngineEffect.Send send when !dropped:
                    Sent.Add(send.Command);
                    break;
                case EngineEffect.Alert alert:
                    Alerts.Add(alert);
                    break;
                case EngineEffect.Refused refused:
                    Refusals.Add(refused);
                    break;
            }
        }
    }
}
