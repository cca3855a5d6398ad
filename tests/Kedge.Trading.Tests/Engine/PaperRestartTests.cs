using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Engine;

/// <summary>A paper account that was killed and came back from its ledger goes on as if nothing had happened.</summary>
public sealed class PaperRestartTests
{
    private const int Runs = 40;

    [Fact]
    public void Killed_at_any_tick_and_restored_a_paper_account_decides_and_books_the_same()
    {
        int restarts = 0;
        int fills = 0;
        Lock gate = new();
        Parallel.For(
            1,
            Runs + 1,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                ReplayCase run = RandomCases.Make((ulong)seed).With(AtCloses) with { InitState = null };
                run =
                    run.Market.Exit?.Interval == run.Market.Entry?.Interval && run.Market.Exit is not null
                        ? run with
                        {
                            Market = run.Market with { Exit = run.Market.Entry },
                        }
                        : run;
                ReplayRunResult expected = run.Run();
                using KilledRun killed = new(run, (ulong)seed);
                ReplayOutcome actual = killed.Run();
                Assert.True(expected.Hash == actual.Account.Hash, $"seed {seed}: hash after {killed.Restarts} restarts");
                Assert.Equal(expected.Bookings.Count, actual.Bookings.Count);
                Assert.Equal(expected.Account.Balance, actual.Account.Balance);
                Assert.Equal([], killed.CheckLedger());
                lock (gate)
                {
                    restarts += killed.Restarts;
                    fills += expected.Bookings.Count;
                }
            }
        );
        Assert.True(restarts >= 40 && fills >= 500, $"{restarts} restarts, {fills} bookings");
    }

    private static Parameters AtCloses(Parameters p)
    {
        p.IntrabarExits = false;
        return p;
    }

    private sealed class KilledRun : IDisposable
    {
        private readonly ReplayCase _run;
        private readonly TestRandom _random;
        private readonly string _folder = (
            Directory.Exists("/dev/shm")
                ? Directory.CreateDirectory($"/dev/shm/kedge-paper-{Guid.NewGuid():n}")
                : Directory.CreateTempSubdirectory("kedge-paper-")
        ).FullName;

        private ReplayInput _input = null!;
        private SqliteLedger _ledger = null!;
        private TradingEngine _engine = null!;

        public KilledRun(ReplayCase run, ulong seed)
        {
            _run = run;
            _random = new TestRandom(seed + 17);
        }

        public int Restarts { get; private set; }

        public ReplayOutcome Run()
        {
            using MemoryCandles main = new(_run.Market.Main.Interval, _run.Market.Main.Bars);
            using MemoryCandles? exit = _run.Market.Exit is { } x ? new MemoryCandles(x.Interval, x.Bars) : null;
            using MemoryCandles? entry = _run.Market.Entry is { } e ? new MemoryCandles(e.Interval, e.Bars) : null;
            _input = _run.Input(main, exit, entry);
            Open();
            CandleDriver? driver = null;
            driver = new CandleDriver(_input, _engine)
            {
                Heard = effect =>
                {
                    if (effect is EngineEffect.Commit commit)
                    {
                        Assert.True(_ledger.Commit(commit.Batch).IsOk);
                    }
                },
                AfterTick = now =>
                {
                    if (_random.Chance(0.01))
                    {
                        Restarts++;
                        _engine.Dispose();
                        _ledger.Dispose();
                        Open();
                        driver!.GoOnWith(_engine, now);
                    }
                },
            };
            return driver.Run();
        }

        public IReadOnlyList<string> CheckLedger() => LedgerCheck.Run(Path.Combine(_folder, "paper.db"));

        public void Dispose()
        {
            _engine.Dispose();
            _ledger.Dispose();
            Directory.Delete(_folder, true);
        }

        private void Open()
        {
            _ledger = SqliteLedger.Open(
                new SqliteLedgerOptions(Path.Combine(_folder, "paper.db"), "paper", "paper") { IsDouble = true },
                1_700_000_000_000
            );
            _engine = new TradingEngine(CandleDriver.Settings(_input, "paper"), CandleDriver.RulesOf(_input));
            _engine.Restore(_ledger.Load(), new Now(0, 0));
        }
    }
}
