using System.Diagnostics;
using System.Globalization;
using Kedge.Data.Files;
using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;

namespace Kedge.EngineRace;

/// <summary>One simulated year of paper trading: engine, fills and ledger on the disk, without feed or wire.</summary>
internal sealed class YearRace(EngineMarket market, string folder, TextWriter to)
{
    private const long HourMs = 3_600_000;
    private const int PricesPerBar = 4;
    private static readonly Func<Bar, double>[] Points = [b => b.Open, b => b.Low, b => b.High, b => b.Close];
    private long _bookings;
    private long _commits;

    /// <summary>On a candle driver: of an hour its bars, one price for each position, and the tick.</summary>
    public void Candles(bool withLedger)
    {
        using ICandleSet candles = market.Market.ToCandleSet();
        ReplayInput input = new()
        {
            Main = candles,
            Parameters = [.. market.Rules.Parameters],
            Portfolio = market.Rules.Portfolio,
            Terms = [.. market.Rules.Terms!],
            Lookback = market.Rules.Lookback,
            InitialBalance = 100_000.0,
        };
        Measure(
            withLedger ? "candle driver, ledger" : "candle driver, no ledger",
            ledger =>
            {
                using TradingEngine engine = new(
                    CandleDriver.Settings(input, "year") with
                    {
                        Risk = EngineMarket.Risk,
                    },
                    CandleDriver.RulesOf(input)
                );
                CandleDriver candleDriver = null!;
                EngineDriver driver = new(
                    engine,
                    new EngineDriverOptions
                    {
                        Ledger = withLedger ? ledger : null,
                        Send = _ => { },
                        Load = _ => { },
                        Heard = effect =>
                        {
                            Count(effect);
                            candleDriver.Hear(effect);
                        },
                    }
                );
                candleDriver = new CandleDriver(input, engine) { Through = driver };
                candleDriver.Run();
                return engine.Account.Hash;
            }
        );
    }

    /// <summary>As a service: ticks by bars, prices with quotes, a look at what is held every so often, a journal beside the ledger.</summary>
    public void Service(long lookEveryMs)
    {
        Measure(
            string.Create(
                CultureInfo.InvariantCulture,
                $"as a service: {PricesPerBar} prices a bar, a look every {lookEveryMs / 1_000} s, ledger, journal"
            ),
            ledger =>
            {
                using TradingEngine engine = new(
                    new EngineSettings
                    {
                        Lane = "year",
                        LoadsBarsAtStart = false,
                        LookEveryMs = lookEveryMs,
                        PriceMaxAgeMs = HourMs,
                        PaperBalance = 100_000.0,
                        Risk = EngineMarket.Risk,
                    },
                    market.Rules
                );
                using JournalWriter journal = JournalWriter.Open(
                    LocalFileSystem.Instance,
                    new JournalOptions { Folder = Path.Combine(folder, $"journal-{lookEveryMs}") }
                );
                EngineDriver driver = new(
                    engine,
                    new EngineDriverOptions
                    {
                        Ledger = ledger,
                        Journal = journal,
                        Session = "year",
                        Send = _ => { },
                        Load = _ => { },
                        Heard = Count,
                    }
                );
                Play(driver);
                return engine.Account.Hash;
            }
        );
    }

    private void Play(EngineDriver driver)
    {
        long startMs = market.Bars[0][0].OpenTimeMs;
        driver.Start(At(startMs));
        for (int bar = 0; bar < market.Bars[0].Count; bar++)
        {
            long openMs = startMs + (bar * HourMs);
            for (int point = 0; point < PricesPerBar; point++)
            {
                long ms = openMs + ((point + 1) * HourMs / PricesPerBar) - 1_000;
                Wait(driver, ms, startMs);
                for (int s = 0; s < market.Symbols.Count; s++)
                {
                    double mid = Points[point](market.Bars[s][bar]);
                    driver.Price(new PriceTick(s, mid, mid * 0.9998, mid * 1.0002, ms, ms - startMs), At(ms));
                }
            }

            long closeMs = openMs + HourMs + 100;
            Wait(driver, closeMs, startMs);
            for (int s = 0; s < market.Symbols.Count; s++)
            {
                driver.Tell(new EngineEvent.CandleClosed(market.Symbols[s], Interval.OneHour, market.Bars[s][bar]), At(closeMs));
            }
        }

        Now At(long ms) => new(ms - startMs, ms);
    }

    private static void Wait(EngineDriver driver, long untilMs, long startMs)
    {
        while (driver.DueMs is long due && due + startMs <= untilMs)
        {
            driver.Advance(new Now(due, due + startMs));
        }
    }

    private void Count(EngineEffect effect)
    {
        _bookings += effect is EngineEffect.Booked ? 1 : 0;
        _commits += effect is EngineEffect.Commit ? 1 : 0;
    }

    private void Measure(string what, Func<ILedger, ulong> run)
    {
        (_bookings, _commits) = (0, 0);
        string path = Path.Combine(folder, $"{Guid.NewGuid():n}.db");
        using SqliteLedger ledger = SqliteLedger.Open(
            new SqliteLedgerOptions(path, "year", "paper") { IsDouble = true },
            market.Bars[0][0].OpenTimeMs
        );
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        ulong hash = run(ledger);
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        double cpu = (self.TotalProcessorTime - before).TotalSeconds;
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -80} CPU-s {cpu, 7:F2}   wall s {wall.TotalSeconds, 7:F2}   {_bookings} bookings, {_commits} commits, state {hash:x16}"
            )
        );
    }
}
