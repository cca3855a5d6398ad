using Kedge.Conformance.Mixes;
using Kedge.Data.Feed;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Simulation;
using Kedge.Simulation.Faults;
using FaultKind = Kedge.Exchange.Gateways.Hyperliquid.Faults.FaultKind;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// A feed and everything that can go wrong between it, its disk and the venue, all from one seed. No bar may be served or stored while it forms; once
/// faults stop, every interval of every symbol must equal the exchange's within a minute, not counting seconds in which questions wait for weight.
/// </summary>
internal static class FeedMix
{
    private const long AgreeWithinMs = 60_000;

    /// <summary>Seconds in which questions wait because the weight of a minute is used up do not count, at most these.</summary>
    private const long RefillMs = 60_000;

    /// <summary>Bars that ended less than this ago may still be on their way: grace, the question, its answer, the batch, the disk.</summary>
    private const long EndedForMs = 20_000;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.SocketDropped,
        FaultKind.SocketHalfOpen,
        FaultKind.SocketStalled,
        FaultKind.RateLimited,
        FaultKind.ServerError,
        FaultKind.ClockStepped,
        FaultKind.CandleMissing,
        FaultKind.CandleRevised,
        FaultKind.CandleDuplicated,
        FaultKind.CandleLate,
    ];

    public static FeedMixResult Run(ulong seed, Action<string>? trace = null)
    {
        SimRandom dice = new SimRandom(seed).Fork("feed mix");
        using FeedWorld world = new(seed, WirePlan(dice), dice.Fork("market"));
        if (trace is not null)
        {
            world.Scheduler.Trace = entry =>
            {
                if (entry.Subject is FeedInput or FeedEffect)
                {
                    trace($"{entry.AtUs / 1_000.0} {entry.What} {entry.Subject}");
                }
            };
        }

        SimRandom disk = dice.Fork("disk");
        double full = dice.Chance(0.5) ? 0 : 0.3;
        List<string> problems = [];
        long agreedMs = 0;
        long refillMs = 0;
        try
        {
            if (dice.Chance(0.5))
            {
                world.Scheduler.RunFor(90_000);
            }

            world.Feed.IsFull = () => disk.Chance(full);
            world.Injector.Start();
            world.Misbehave(VenuePlan(dice, (long)seed));
            world.Scheduler.RunUntil(() => world.Complaints.Count > 0, dice.NextBetween(8, 22) * 60_000);
            world.Injector.Stop();
            world.Behave();
            world.Feed.IsFull = null;
            long playedMs = Math.Max(0, (world.Scheduler.Faults.PlayedOutUs - world.Scheduler.NowUs) / 1_000);
            world.Scheduler.RunFor(playedMs);
            world.Scheduler.RunUntil(() => world.Feed.Process.IsRunning, 60_000);
            long startMs = world.Scheduler.NowUs / 1_000;
            string[] differences = ["never compared"];
            while (differences.Length > 0 && (world.Scheduler.NowUs / 1_000) - startMs < AgreeWithinMs + refillMs)
            {
                world.Scheduler.RunFor(1_000);
                refillMs += world.IsBudgetDrained && refillMs < RefillMs ? 1_000 : 0;
                differences = [.. world.Differences(EndedForMs)];
            }

            agreedMs = (world.Scheduler.NowUs / 1_000) - startMs;
            problems.AddRange(differences);

            // It stays so.
            world.Scheduler.RunFor(130_000);
            problems.AddRange(world.Differences(EndedForMs));
            problems.AddRange(world.Complaints);
            problems.AddRange(world.Lost());
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            problems.Add(broken.ToString());
        }

        return new FeedMixResult(
            seed,
            problems,
            world.Served.GetValueOrDefault(ServedAs.Closed),
            world.Served.GetValueOrDefault(ServedAs.Revised),
            Faults(world),
            world.Feed.Process.Starts - 1,
            agreedMs,
            refillMs,
            world.Scheduler.EventHash
        );
    }

    private static Dictionary<string, int> Faults(FeedWorld world)
    {
        Dictionary<string, int> faults = new(world.VenueFaults, StringComparer.Ordinal);
        foreach (IGrouping<Simulation.Faults.FaultKind, InjectedFault> kind in world.Scheduler.Faults.GroupBy(one => one.Kind))
        {
            faults[kind.Key.ToString()] = kind.Count();
        }

        return faults;
    }

    /// <summary>Rates of their own for every seed: some faults often, some never.</summary>
    private static FaultPlan WirePlan(SimRandom dice)
    {
        double Often(double most) => MixFaults.Often(dice, most);
        return new FaultPlan
        {
            Streams = MixFaults.Streams(dice),
            Requests = new RequestFaults
            {
                RequestLostShare = Often(0.1),
                RequestResetShare = Often(0.1),
                RequestDelayedShare = Often(0.1),
                RequestDelayMs = new MsRange(500, 60_000),
                ResponseLostShare = Often(0.1),
                ResponseResetShare = Often(0.1),
                ResponseDelayedShare = Often(0.1),
                ResponseDelayMs = new MsRange(500, 30_000),
            },
            Hosts = new HostFaults
            {
                ClockStepsPerDay = Often(1_000),
                ClockStepMs = new MsRange(1, 120_000),
                PartitionsPerDay = Often(600),
                PartitionMs = new MsRange(500, 120_000),
                KillsPerDay = Often(400),
                PowerLossShare = 0,
                DownMs = new MsRange(100, 120_000),
            },
        };
    }

    private static ExchangeFaultPlan VenuePlan(SimRandom dice, long seed)
    {
        Dictionary<FaultKind, FaultRate> rates = [];
        foreach (FaultKind kind in Kinds)
        {
            if (dice.Chance(0.3))
            {
                continue;
            }

            double most = dice.NextBetween(1, 1_000) / 1_000.0;
            rates[kind] = FaultWords.Rhythm(kind) switch
            {
                FaultRhythm.Day => new FaultRate(0, 1_500 * most),
                FaultRhythm.Request => new FaultRate(0.03 * most),
                _ => new FaultRate(0.15 * most),
            };
        }

        return new ExchangeFaultPlan { Seed = seed, Rates = rates };
    }
}
