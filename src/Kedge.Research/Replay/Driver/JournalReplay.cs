using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;

namespace Kedge.Research.Replay.Driver;

/// <summary>
/// A replay as a session: the trading engine on recorded candles, filling on paper at the price of the decision, through the driver of a service, with a
/// journal. It decides what <see cref="ReplayEngine"/> decides, to the last bit.
/// </summary>
public static class JournalReplay
{
    /// <summary>Name of the lane in the journal.</summary>
    public const string Lane = "replay";

    /// <summary>Runs the replay and writes its journal.</summary>
    /// <param name="input">Candles, parameters and limits.</param>
    /// <param name="configId">Id of the configuration.</param>
    /// <param name="book">Which strategy has which symbol; null for the kernel on all.</param>
    /// <param name="files">Where files are.</param>
    /// <param name="folder">The journal's folder; it holds no journal yet.</param>
    /// <param name="segmentBytes">A segment ends when it is this long, bytes.</param>
    /// <exception cref="KedgeException">The engine cannot do this run (exit 2), or the journal cannot be written (exit 4).</exception>
    public static ReplayOutcome Run(
        ReplayInput input,
        string configId,
        StrategyBook? book,
        IFileSystem files,
        string folder,
        long segmentBytes = 64L * 1024 * 1024
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(files);
        Check(input, book, files, folder);
        EngineSettings settings = CandleDriver.Settings(input, Lane) with { Strategies = book };
        using TradingEngine engine = new(settings, CandleDriver.RulesOf(input) with { ConfigId = configId });
        using JournalWriter journal = JournalWriter.Open(
            files,
            new JournalOptions
            {
                Folder = folder,
                SegmentBytes = segmentBytes,
                SegmentMs = long.MaxValue,
            }
        );
        CandleDriver? candles = null;
        EngineDriver driver = new(
            engine,
            new EngineDriverOptions
            {
                Journal = journal,
                Session = "replay",
                Send = _ => { },
                Load = _ => { },
                Heard = effect => Hear(effect, candles!),
                PriceFlushMs = long.MaxValue / 4,
            }
        );
        candles = new CandleDriver(input, engine) { Through = driver };
        ReplayOutcome outcome = candles.Run(now => driver.Start(new Now(now, now)));
        driver.Stop(new Now(outcome.LastTickMs, outcome.LastTickMs));
        return outcome;
    }

    /// <summary>Whether an engine can do a run, before it takes any time.</summary>
    /// <exception cref="KedgeException">It cannot (exit 2).</exception>
    public static void Check(ReplayInput input, StrategyBook? book, IFileSystem files, string folder)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(files);
        if (input.InitState is not null)
        {
            throw KedgeException.Usage("--journal does not go with --init-state: an engine begins flat, or from its ledger");
        }

        if (
            (book is null || StrategyReplay.Shares(book).Any(s => s.Name == StrategyNames.Kernel))
            && (input.Portfolio.IntrabarExits || Array.Exists(input.Parameters, p => p.IntrabarExits))
        )
        {
            throw KedgeException.Usage(
                "--journal does not go with backtest.intrabar_exits: an engine sees prices, not the inside of bars. Add --set backtest.intrabar_exits=false"
            );
        }

        if (
            input.Exit is { } exit
            && input.Entry is { } entry
            && exit.Interval == entry.Interval
            && !ReferenceEquals(exit, entry)
        )
        {
            throw KedgeException.Usage(
                "--journal needs one series of an interval: an engine is told one bar of each. Name the same --exit-candles-db and --entry-candles-db"
            );
        }

        if (JournalFolder.Segments(files, folder).Count > 0)
        {
            throw KedgeException.Usage($"{folder} holds a journal already; name another folder, or move it away");
        }
    }

    private static void Hear(EngineEffect effect, CandleDriver candles)
    {
        candles.Hear(effect);
        if (effect is EngineEffect.Alert { Code: "journal_failed" } failed)
        {
            throw KedgeException.Environment(failed.Text);
        }
    }
}
