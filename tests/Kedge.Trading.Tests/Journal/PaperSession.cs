using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A seeded market and an engine on paper that a candle driver takes through it.</summary>
internal sealed class PaperSession : IDisposable
{
    private readonly MemoryCandles _main;
    private readonly MemoryCandles? _exit;
    private readonly MemoryCandles? _entry;

    private PaperSession(ReplayCase run)
    {
        Case = run;
        _main = new MemoryCandles(run.Market.Main.Interval, run.Market.Main.Bars);
        _exit = run.Market.Exit is { } x ? new MemoryCandles(x.Interval, x.Bars) : null;
        _entry = run.Market.Entry is { } e ? new MemoryCandles(e.Interval, e.Bars) : null;
        Input = run.Input(_main, _exit, _entry);
        Engine = MakeEngine();
    }

    public ReplayCase Case { get; }

    public ReplayInput Input { get; }

    public TradingEngine Engine { get; set; }

    public Action<EngineEffect>? Heard { get; set; }

    public Action<CandleDriver, long>? AfterTick { get; set; }

    public Action<CandleDriver, long>? BeforeTick { get; set; }

    /// <summary>That of a seed.</summary>
    public static PaperSession Of(ulong seed)
    {
        ReplayCase run = RandomCases.Make(seed).With(AtCloses) with { InitState = null };
        return new PaperSession(
            run.Market.Exit?.Interval == run.Market.Entry?.Interval && run.Market.Exit is not null
                ? run with
                {
                    Market = run.Market with { Exit = run.Market.Entry },
                }
                : run
        );
    }

    public TradingEngine MakeEngine() => new(CandleDriver.Settings(Input, "paper"), CandleDriver.RulesOf(Input));

    public ReplayOutcome Run()
    {
        CandleDriver? driver = null;
        driver = new CandleDriver(Input, Engine)
        {
            Heard = effect => Heard?.Invoke(effect),
            BeforeTick = now => BeforeTick?.Invoke(driver!, now),
            AfterTick = now => AfterTick?.Invoke(driver!, now),
        };
        return driver.Run();
    }

    public void Dispose()
    {
        Engine.Dispose();
        _main.Dispose();
        _exit?.Dispose();
        _entry?.Dispose();
    }

    private static Parameters AtCloses(Parameters p)
    {
        p.IntrabarExits = false;
        return p;
    }
}
