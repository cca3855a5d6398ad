using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Risk;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Live;

/// <summary>
/// A live engine with a real ledger on a seeded market and a venue that errs as it is told, in virtual time: bars and prices come a little late, orders and
/// answers take their time, the process is killed and starts again.
/// </summary>
internal sealed partial class LiveRun : IEffectSink<EngineEffect>, IDisposable
{
    private static readonly InstrumentSpec Rules = new("", 4, 6, 0, 1.0, [new LeverageTier(0.0, 50.0)]);
    private readonly TestRandom _random;
    private readonly ReplayCase _case;
    private readonly Chaos _chaos;
    private readonly string _folder = (
        Directory.Exists("/dev/shm")
            ? Directory.CreateDirectory($"/dev/shm/kedge-live-{Guid.NewGuid():n}")
            : Directory.CreateTempSubdirectory("kedge-live-")
    ).FullName;
    private readonly PriorityQueue<Action, (long Due, long Order)> _queue = new();
    private readonly List<EngineEffect> _effects = [];
    private readonly List<OrderIntent> _orders = [];
    private readonly List<Fill> _told = [];
    private TimerTable _timers = new();
    private SqliteLedger _ledger = null!;
    private TradingEngine _engine = null!;
    private long _nowMs;
    private long _order;
    private int _life;
    private bool _calm;

    public LiveRun(ulong seed, Chaos chaos)
    {
        _random = new TestRandom(seed ^ 0xabcdef);
        _chaos = chaos;
        ReplayCase made = RandomCases.Make(seed, subBars: false).With(AtCloses) with { InitState = null, Terms = null };
        _case = made with
        {
            FromMs = long.MinValue,
            ToMs = long.MaxValue,
            Lookback = 1,
            Balance = 10_000.0,
            Market = made.Market with
            {
                Main = made.Market.Main.Select((_, bars) => [.. bars.Take(70)]),
                Exit = null,
                Entry = null,
            },
        };
        Venue = new MirrorVenue(10_000m, 0.00045m) { WallMs = () => _nowMs, MarkOf = MarkOf };
    }

    public MirrorVenue Venue { get; }

    public TradingEngine Engine => _engine;

    /// <summary>Writes down what the engine is told; null for none.</summary>
    public JournalWriter? Journal { get; init; }

    /// <summary>All symbols belong to a moving-average cross behind the port.</summary>
    public bool ForStrategies { get; init; }

    public List<string> Problems { get; } = [];

    public List<string> Alerts { get; } = [];

    public Dictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    public int Fills { get; private set; }

    public int Restarts => _life - 1;

    public void Run()
    {
        List<long> ticks = _case.Market.Timeline();
        _nowMs = ticks[0] - 1_000;
        Start();
        foreach (long tick in ticks)
        {
            Schedule(tick);
            if (_random.Chance(_chaos.Restart))
            {
                At(tick + _random.Whole(100, 9_000), Kill);
            }

            if (_random.Chance(_chaos.Foreign))
            {
                At(tick + _random.Whole(100, 900_000), TradeByHand);
            }
        }

        RunUntil(ticks[^1]);
        _calm = true;
        RunUntil(ticks[^1] + 240_000);
        CheckEnd();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _ledger.Dispose();
        Directory.Delete(_folder, true);
    }

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    /// <summary>Wants something of most symbols at every tick, always the same at the same.</summary>
    private static List<StrategySignal> Restless(MarketView view)
    {
        List<StrategySignal> wanted = [];
        foreach (string symbol in view.Symbols)
        {
            ulong dice = (ulong)new TestRandom((ulong)view.TimeMs ^ ((ulong)symbol[0] << 48)).Whole(0, 7);
            SignalAction? action = (dice % 8) switch
            {
                0 or 1 => SignalAction.Buy,
                2 or 3 => SignalAction.Sell,
                4 => SignalAction.Close,
                _ => null,
            };
            if (action is { } one)
            {
                wanted.Add(new StrategySignal(symbol, one));
            }
        }

        return wanted;
    }

    private static Parameters AtCloses(Parameters p)
    {
        p.IntrabarExits = false;
        return p;
    }

    private void Start()
    {
        _life++;
        _timers = new TimerTable();
        _effects.Clear();
        _ledger = SqliteLedger.Open(new SqliteLedgerOptions(Path.Combine(_folder, "trading.db"), "live", "0xabc"), _nowMs);
        LedgerImage image = _ledger.Load();
        EngineRules rules = new()
        {
            Symbols = _case.Market.Symbols,
            Parameters = [.. _case.Market.Symbols.Select(s => _case.Parameters[s])],
            Portfolio = _case.Portfolio,
            Terms = [.. _case.Market.Symbols.Select(s => (Rules with { Symbol = s }).ToTerms())],
            Instruments = [.. _case.Market.Symbols.Select(s => Rules with { Symbol = s })],
            Main = _case.Market.Main.Interval,
            Lookback = 1,
        };
        _engine = new TradingEngine(
            new EngineSettings
            {
                Lane = "live",
                Account = "0xabc",
                Mode = TradingMode.Live,
                Strategies = ForStrategies ? StrategyMarket.All(new Scripted(Restless), _case.Market.Symbols, stop: 2.0) : null,
                Risk = new RiskSettings
                {
                    MaxDailyLossPct = 0,
                    MaxDrawdownPct = 0,
                    MaxEntryOrdersPerMinPerSymbol = 100,
                },
            },
            rules
        );
        _engine.Restore(image, Now());
        Journal?.Begin($"life {_life}", _engine, Now());
        HashSet<FillKey> known = [.. image.FillKeys];
        foreach (Fill fill in _told.Where(f => !known.Contains(new FillKey("0xabc", f.TradeId, f.VenueOrderId, 0))).ToArray())
        {
            Tell(new VenueEvent.Filled(fill, Venue.Cursor()));
        }

        At(_nowMs + 500, () => Handle(new EngineEvent.Told(new VenueEvent.SessionUp(_life))));
    }

    /// <summary>Bars before a moment, as a store would give them.</summary>
    private Bar[] Stored(string symbol, long beforeMs) =>
        [.. _case.Market.Main.Bars[symbol].Where(b => b.OpenTimeMs + _case.Market.Main.Interval.Ms <= beforeMs)];

    private void Kill()
    {
        // What the process was told and what it had not sent is gone; the venue goes on.
        _engine.Dispose();
        _ledger.Dispose();
        Count("restart");
        Start();
    }

    private void Schedule(long tick)
    {
        long interval = _case.Market.Main.Interval.Ms;
        foreach ((string symbol, List<Bar> bars) in _case.Market.Main.Bars)
        {
            int index = bars.FindIndex(b => b.OpenTimeMs + interval == tick);
            if (index < 0)
            {
                continue;
            }

            Bar bar = bars[index];
            At(
                tick + _random.Whole(50, 2_600),
                () => Handle(new EngineEvent.CandleClosed(symbol, _case.Market.Main.Interval, bar))
            );
            At(tick + 10, () => Price(symbol, bar.Close));
            for (int i = 1; i <= 3; i++)
            {
                At(tick + 3_000 + (i * 300), () => Price(symbol, bar.Close));
            }

            for (int i = 0; i < 4; i++)
            {
                double price = _random.Between(bar.Low, bar.High);
                At(tick - interval + ((i + 1) * interval / 5), () => Price(symbol, price));
            }
        }
    }

    private void Price(string symbol, double price)
    {
        _marks[symbol] = (decimal)price;
        PriceTick tick = new(_engine.RankOf(symbol), price, 0.0, 0.0, _nowMs, Now().MonotonicMs);
        Rotate();
        Journal?.Price(tick, Now());
        _engine.Price(tick, Now(), this);
        Journal?.Outcome(_effects, _engine.Account.Hash);
        CarryOut();
    }

    private readonly Dictionary<string, decimal> _marks = new(StringComparer.Ordinal);

    private decimal MarkOf(string symbol) => _marks.GetValueOrDefault(symbol);

    private void TradeByHand()
    {
        string symbol = _random.Pick([.. _case.Market.Symbols]);
        decimal mark = MarkOf(symbol);
        if (mark > 0m)
        {
            bool isBuy = _random.Chance(0.5);
            Count("foreign");
            Venue.TradeByHand(symbol, isBuy, Math.Round(20m / mark, 4) + 0.0001m, mark);
            Drain(0);
            if (_random.Chance(0.8))
            {
                At(
                    _nowMs + 30_000,
                    () =>
                        Handle(
                            new EngineEvent.Operated(
                                new OperatorCommand.Adopt
                                {
                                    Operator = "ann",
                                    Reason = "it is ours",
                                    Symbol = symbol,
                                }
                            )
                        )
                );
            }
        }
    }

    private Now Now() => new(_nowMs - 1_600_000_000_000, _nowMs);

    private void At(long ms, Action action) => _queue.Enqueue(action, (ms, _order++));

    private void RunUntil(long ms)
    {
        while (true)
        {
            long next = _queue.TryPeek(out _, out (long Due, long Order) head) ? head.Due : long.MaxValue;
            long timer = _timers.NextDueMs() is long due ? due + 1_600_000_000_000 : long.MaxValue;
            if (Math.Min(next, timer) > ms)
            {
                break;
            }

            _nowMs = Math.Max(_nowMs, Math.Min(next, timer));
            if (timer <= next)
            {
                Handle(new EngineEvent.TimerFired(_timers.Take()));
            }
            else
            {
                _queue.Dequeue()();
            }
        }

        _nowMs = ms;
    }

    private void Handle(EngineEvent told)
    {
        Rotate();
        Journal?.Event(told, Now());
        _engine.Handle(in told, Now(), this);
        Journal?.Outcome(_effects, _engine.Account.Hash);
        CarryOut();
    }

    private void Rotate()
    {
        if (Journal is { } journal && journal.IsFull(Now()))
        {
            journal.End(JournalEnd.Rotated);
            journal.Begin($"life {_life}", _engine, Now());
        }
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
                case EngineEffect.Commit commit when !_calm && _random.Chance(_chaos.CommitFails):
                    Count("commit_failed");
                    dropped = true;
                    Handle(new EngineEvent.LedgerFailed(commit.Batch.Sequence, "planted"));
                    break;
                case EngineEffect.Commit commit:
                    LedgerOutcome outcome = _ledger.Commit(commit.Batch);
                    dropped = false;
                    if (!outcome.IsOk)
                    {
                        Problems.Add($"commit: {outcome.Text}");
                    }

                    break;
                case EngineEffect.WriteEmergency:
                    Count("emergency");
                    dropped = false;
                    break;
                case EngineEffect.Send send when !dropped:
                    int life = _life;
                    At(_nowMs + _random.Whole(20, 200), () => Deliver(send.Command, life));
                    break;
                case EngineEffect.LoadBars load:
                    Bar[] bars = Stored(load.Symbol, _nowMs - 5_000);
                    int reader = _life;
                    At(
                        _nowMs + 40,
                        () =>
                        {
                            if (reader == _life)
                            {
                                Handle(new EngineEvent.BarsLoaded(load.Symbol, load.Request, bars));
                            }
                        }
                    );
                    break;
                case EngineEffect.SetTimer timer:
                    _timers.Set(timer.Id, timer.DueMonotonicMs);
                    break;
                case EngineEffect.Refused refused:
                    Count($"refused {refused.Code}");
                    break;
                case EngineEffect.Alert alert:
                    Count(
                        $"alert {alert.Code}{(alert.Code.StartsWith("kill", StringComparison.Ordinal) ? " " + alert.Text.Split(' ')[0] : "")}"
                    );
                    Alerts.Add($"{alert.Code}: {alert.Text}");
                    break;
                case EngineEffect.Booked booked:
                    Fills += booked.Booking.Action == OrderAction.Funding ? 0 : 1;
                    break;
            }
        }

        if (Array.Exists(effects, e => e is not EngineEffect.SetTimer))
        {
            Check();
        }
    }

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;
}
