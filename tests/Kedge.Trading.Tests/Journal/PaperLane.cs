using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A paper lane as a service runs it: prices with quotes all the time, bars shortly after their close, the engine opens its ticks itself.</summary>
internal static class PaperLane
{
    /// <summary>Runs a seeded market through it.</summary>
    /// <param name="session">The market.</param>
    /// <param name="lateShare">Share of bars that come after the grace of their tick.</param>
    /// <param name="heard">Hears every effect.</param>
    public static MemoryFiles Run(PaperSession session, double lateShare, Action<EngineEffect>? heard = null)
    {
        MemoryFiles files = new();
        using JournalWriter journal = JournalWriter.Open(files, new JournalOptions { Folder = RecordedSession.Folder });
        EngineRules rules = CandleDriver.RulesOf(session.Input) with { Entry = null, Exit = null };
        EngineSettings settings = new()
        {
            Lane = "paper",
            LoadsBarsAtStart = false,
            PaperBalance = session.Input.InitialBalance,
            Risk = new RiskSettings { MaxDailyLossPct = 0, MaxDrawdownPct = 0 },
        };
        using TradingEngine engine = new(settings, rules);
        EngineDriver driver = new(
            engine,
            new EngineDriverOptions
            {
                Journal = journal,
                Session = "one",
                Send = _ => { },
                Load = _ => { },
                Heard = heard,
            }
        );
        TestRandom random = new(session.Case.Seed + 3);
        PriorityQueue<Action<Now>, (long, int)> queue = new();
        int order = 0;
        Interval main = session.Input.Main.Interval;
        foreach ((string symbol, List<Bar> bars) in session.Case.Market.Main.Bars)
        {
            int rank = engine.RankOf(symbol);
            foreach (Bar bar in bars)
            {
                for (int i = 1; i <= 6; i++)
                {
                    Price(rank, random.Between(bar.Low, bar.High), bar.OpenTimeMs + (i * main.Ms / 7));
                }

                long close = bar.OpenTimeMs + main.Ms;
                Price(rank, bar.Close, close - 5);
                Price(rank, bar.Close, close + 50);
                long told = close + (random.Chance(lateShare) ? 4_000 : random.Whole(60, 900));
                queue.Enqueue(now => driver.Tell(new EngineEvent.CandleClosed(symbol, main, bar), now), (told, order++));
            }
        }

        queue.TryPeek(out _, out (long At, int) first);
        long nowMs = first.At - 1_000;
        driver.Start(new Now(nowMs, nowMs));
        while (queue.TryDequeue(out Action<Now>? next, out (long At, int) due))
        {
            // Looks each second are left out while nothing is due for long: a service has them, and they see no other price.
            while (driver.DueMs <= due.At)
            {
                nowMs = Math.Max(nowMs, driver.DueMs!.Value);
                driver.Advance(new Now(nowMs, nowMs));
                if (due.At - nowMs > 20_000)
                {
                    nowMs = due.At - 10_000;
                }
            }

            nowMs = Math.Max(nowMs, due.At);
            next(new Now(nowMs, nowMs));
        }

        driver.Stop(new Now(nowMs, nowMs));
        return files;

        void Price(int rank, double mid, long at) =>
            queue.Enqueue(
                now => driver.Price(new PriceTick(rank, mid, mid * 0.9998, mid * 1.0002, at, now.MonotonicMs), now),
                (at, order++)
            );
    }
}
