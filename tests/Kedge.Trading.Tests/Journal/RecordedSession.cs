using Kedge.Model.Machines;
using Kedge.Research.Replay.Driver;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A paper session whose journal is in memory.</summary>
internal static class RecordedSession
{
    public const string Folder = "journal";

    /// <summary>Runs a session and ends its journal.</summary>
    public static MemoryFiles Run(
        PaperSession session,
        long segmentBytes = 200_000,
        MemoryFiles? files = null,
        Action<EngineEffect>? heard = null,
        Action<CandleDriver, EngineDriver, long>? beforeTick = null,
        Action<CandleDriver, long>? afterTick = null,
        bool stops = true
    )
    {
        files ??= new MemoryFiles();
        using JournalWriter journal = JournalWriter.Open(
            files,
            new JournalOptions
            {
                Folder = Folder,
                SegmentBytes = segmentBytes,
                SegmentMs = long.MaxValue,
            }
        );
        CandleDriver? candles = null;
        EngineDriver driver = new(
            session.Engine,
            new EngineDriverOptions
            {
                Journal = journal,
                Session = "one",
                Send = _ => { },
                Load = _ => { },
                Heard = effect =>
                {
                    heard?.Invoke(effect);
                    candles?.Hear(effect);
                },
            }
        );
        long last = 0;
        candles = new CandleDriver(session.Input, session.Engine)
        {
            Through = driver,
            BeforeTick = now =>
            {
                last = now;
                beforeTick?.Invoke(candles!, driver, now);
            },
            AfterTick = now =>
            {
                driver.Advance(new Now(now + 1, now + 1));
                afterTick?.Invoke(candles!, now);
            },
        };
        driver.Start(new Now(0, 0));
        Outcome = candles.Run();
        if (stops)
        {
            driver.Stop(new Now(last, last));
        }

        return files;
    }

    [field: ThreadStatic]
    public static Kedge.Research.Replay.ReplayOutcome Outcome { get; private set; } = null!;

    public static IReadOnlyList<string> Paths(MemoryFiles files) => [.. files.Contents.Keys];
}
