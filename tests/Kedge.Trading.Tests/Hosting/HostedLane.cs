using System.Collections.Concurrent;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;
using Kedge.Trading.Risk;
using Kedge.Trading.Tests.Journal;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Hosting;

/// <summary>An engine of two symbols on its thread, whose bars, clock and disk are the test's.</summary>
internal sealed class HostedLane : IBarSource, IDisposable
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly JournalWriter _journal;

    public HostedLane(int maxEvents = 4_096, bool hasJournal = true)
    {
        Parameters[] parameters = [StrategyMarket.Plain("BTC"), StrategyMarket.Plain("ETH")];
        Engine = new TradingEngine(
            new EngineSettings { Lane = "hosted", Risk = new RiskSettings() },
            new EngineRules
            {
                Symbols = ["BTC", "ETH"],
                Parameters = parameters,
                Portfolio = parameters[0],
                Main = Interval.OneHour,
                Lookback = 1,
            }
        );
        _journal = JournalWriter.Open(Files, new JournalOptions { Folder = "/j" });
        Host = new EngineHost(
            Engine,
            new EngineDriverOptions
            {
                Journal = hasJournal ? _journal : null,
                Session = "s",
                Send = _ => { },
                Load = _ => throw new InvalidOperationException("The host's source is asked, not this."),
                Heard = effect =>
                {
                    if (!_gate.IsSet)
                    {
                        Held.Set();
                    }

                    _gate.Wait(TestContext.Current.CancellationToken);
                    if (effect is EngineEffect.Alert alert)
                    {
                        Alerts.Enqueue(alert);
                    }
                },
            },
            new EngineHostOptions
            {
                Time = Clock,
                Bars = this,
                MaxEvents = maxEvents,
                LookEveryMs = 100,
                Look = (engine, now) => Looked?.Invoke(engine, now),
            }
        );
    }

    /// <summary>The engine stands still.</summary>
    public ManualResetEventSlim Held { get; } = new();

    public MemoryFiles Files { get; } = new();

    public HandClock Clock { get; } = new();

    public TradingEngine Engine { get; }

    public EngineHost Host { get; }

    public ConcurrentQueue<EngineEffect.Alert> Alerts { get; } = new();

    public ConcurrentQueue<EngineEffect.LoadBars> Loads { get; } = new();

    public Action<TradingEngine, Now>? Looked { get; set; }

    /// <summary>What the source answers; null for nothing.</summary>
    public Func<EngineEffect.LoadBars, EngineEvent.BarsLoaded>? Answer { get; set; }

    public static EngineEvent Pause(string why) =>
        new EngineEvent.Operated(new OperatorCommand.Pause { Operator = "ann", Reason = why });

    /// <summary>The engine stands still at its next effect.</summary>
    public void Hold() => _gate.Reset();

    public void GoOn() => _gate.Set();

    public void Load(EngineEffect.LoadBars wanted, Action<EngineEvent.BarsLoaded> answer)
    {
        Loads.Enqueue(wanted);
        if (Answer is { } answers)
        {
            _ = Task.Run(() => answer(answers(wanted)));
        }
    }

    public void Dispose()
    {
        GoOn();
        Host.Dispose();
        _journal.Dispose();
        Engine.Dispose();
        _gate.Dispose();
        Held.Dispose();
    }
}
