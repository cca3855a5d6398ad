using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Trading;
using FaultKind = Kedge.Exchange.Gateways.Hyperliquid.Faults.FaultKind;

namespace Kedge.Simulation.Runs;

/// <summary>
/// A lane on the simulated exchange with everything that can go wrong, from one seed. Once faults have played out, venue, engine and ledger must agree
/// within a minute, and what a drained budget of requests needs to refill.
/// </summary>
internal static class LaneMix
{
    private const long AgreeWithinMs = 180_000;

    public static LaneMixResult Run(ulong seed, long hours, bool withFaults = true, Action<string>? trace = null)
    {
        SimRandom dice = new SimRandom(seed).Fork("lane mix");
        LaneScenarioOptions options = new()
        {
            Seed = seed,
            PlayedMs = (hours * 3_600_000) + 3_600_000,
            Faults = withFaults ? WirePlan(dice) : new FaultPlan(),
            DiskFaults = withFaults ? DiskPlan(dice) : new DiskFaults(),
            VenueFaults = withFaults ? VenuePlan(dice, (long)seed) : ExchangeFaultPlan.None,
        };
        using LaneScenario scenario = new(options);
        if (trace is not null)
        {
            scenario.Scheduler.Trace = entry =>
            {
                if (entry.Subject is not null && entry.Source.Contains("engine", StringComparison.Ordinal))
                {
                    trace($"{entry.AtUs / 1_000.0} {entry.What} {entry.Subject}");
                }
            };
        }

        List<string> problems = [];
        long agreedMs = 0;
        try
        {
            scenario.Scheduler.RunFor(120_000);
            if (withFaults)
            {
                scenario.Misbehave();
            }

            scenario.Scheduler.RunUntil(() => scenario.Problems.Count > 0, hours * 3_600_000);
            if (withFaults)
            {
                scenario.Behave();
            }

            long startMs = scenario.Scheduler.NowUs / 1_000;
            IReadOnlyList<string> differences = ["never compared"];
            while (differences.Count > 0 && (scenario.Scheduler.NowUs / 1_000) - startMs < AgreeWithinMs)
            {
                scenario.Scheduler.RunFor(2_000);
                differences = scenario.Differences();
            }

            agreedMs = (scenario.Scheduler.NowUs / 1_000) - startMs;
            problems.AddRange(scenario.Problems);
            problems.AddRange(differences);
            problems.AddRange(scenario.CheckLedger());
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            problems.Add(broken.ToString());
        }

        return new LaneMixResult(
            seed,
            problems,
            new Dictionary<string, long>(scenario.Counts, StringComparer.Ordinal),
            scenario.Scheduler.Faults.Count + scenario.VenueFaults,
            scenario.Lane.Starts - 1,
            agreedMs,
            scenario.Scheduler.EventHash
        );
    }

    private static double Often(SimRandom dice, double most) =>
        dice.Chance(0.3) ? 0 : most * dice.NextBetween(0, 1_000) / 1_000.0;

    private static FaultPlan WirePlan(SimRandom dice) =>
        new()
        {
            Streams = new StreamFaults
            {
                DropsPerDay = Often(dice, 60),
                HalfOpensPerDay = Often(dice, 15),
                StallsPerDay = Often(dice, 30),
                StallMs = new MsRange(500, 60_000),
                ConnectRefusedShare = Often(dice, 0.1),
                SplitShare = Often(dice, 0.1),
                DelayShare = Often(dice, 0.02),
            },
            Requests = new RequestFaults
            {
                RequestLostShare = Often(dice, 0.04),
                ResponseLostShare = Often(dice, 0.04),
                RequestDelayedShare = Often(dice, 0.02),
                RequestDelayMs = new MsRange(500, 60_000),
                ResponseDelayedShare = Often(dice, 0.02),
                ResponseDelayMs = new MsRange(500, 30_000),
            },
            Hosts = new HostFaults
            {
                ClockStepsPerDay = Often(dice, 8),
                ClockStepMs = new MsRange(1, 5_000),
                KillsPerDay = Often(dice, 12),
                PowerLossShare = 0.5,
                DownMs = new MsRange(100, 60_000),
            },
        };

    private static DiskFaults DiskPlan(SimRandom dice) =>
        new() { FullsPerDay = Often(dice, 4), SlowFlushesPerDay = Often(dice, 20) };

    private static ExchangeFaultPlan VenuePlan(SimRandom dice, long seed)
    {
        Dictionary<FaultKind, FaultRate> rates = [];
        foreach (FaultKind kind in FaultWords.Kinds)
        {
            if (dice.Chance(0.5) || kind is FaultKind.Delisting or FaultKind.LotChanged)
            {
                continue;
            }

            double most = dice.NextBetween(1, 1_000) / 1_000.0;
            rates[kind] = FaultWords.Rhythm(kind) switch
            {
                FaultRhythm.Day => new FaultRate(0, (kind == FaultKind.Liquidation ? 0.5 : 12) * most),
                FaultRhythm.Request => new FaultRate(0.02 * most),
                _ => new FaultRate(0.03 * most),
            };
        }

        return new ExchangeFaultPlan { Seed = seed, Rates = rates };
    }
}
