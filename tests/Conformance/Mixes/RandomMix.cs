using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Venues;
using Kedge.Simulation;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;
using FaultKind = Kedge.Exchange.Gateways.Hyperliquid.Faults.FaultKind;

namespace Kedge.Conformance.Mixes;

/// <summary>
/// A trader, a venue and everything that can go wrong between and in them, all from one seed. While it runs, no order may be said to have ended
/// that has not; once faults stop, ledger and venue must agree within a minute and what a drained request budget needs to
/// refill.
/// </summary>
internal static class RandomMix
{
    private const long FaultyMs = 300_000;
    private static readonly int TraceMax = int.TryParse(Environment.GetEnvironmentVariable("KEDGE_TRACE_LINES"), out int lines)
        ? lines
        : 150;

    private const long AgreeWithinMs = 60_000;

    /// <summary>
    /// Refill of a drained weight budget: seconds in which questions wait because it is drained do not count, at most these. What was used is
    /// free again after a minute.
    /// </summary>
    private const long RefillMs = 60_000;

    public static MixResult Run(ulong seed, bool traced = false)
    {
        SimRandom dice = new SimRandom(seed).Fork("mix");
        SimulatedWorld world = new(
            new SimulatedWorldOptions
            {
                Seed = seed,
                WanderPpm = 600,
                Plan = WirePlan(dice),
            }
        );
        Queue<string> trace = new();
        if (traced)
        {
            world.Scheduler.Trace = entry => Note(trace, entry);
        }

        RandomTrader trader = new(world, new TraderSettings());
        Crash(world, dice);
        List<string> problems = [];
        long agreedMs = 0;
        try
        {
            world.Scheduler.RunFor(10_000);
            world.Injector.Start();
            world.FaultPlan = VenuePlan(dice, (long)seed);
            world.WaitUntil(() => world.Log.Ledger.Complaints.Count > 0, FaultyMs);
            trader.IsActive = false;
            world.Injector.Stop();
            world.Behave();
            long playedMs = Math.Max(0, (world.Scheduler.Faults.PlayedOutUs - world.Scheduler.NowUs) / 1_000);
            world.WaitUntil(() => world.Log.Ledger.Complaints.Count > 0, playedMs);
            world.WaitUntil(() => world.Client.IsRunning && world.ServerProcess.IsRunning, 60_000);
            long startMs = world.Scheduler.NowUs / 1_000;
            string[] differences = ["never compared"];
            long refillMs = 0;
            while (differences.Length > 0 && (world.Scheduler.NowUs / 1_000) - startMs < AgreeWithinMs + refillMs)
            {
                world.Scheduler.RunFor(1_000);
                refillMs += world.IsBudgetDrained && refillMs < RefillMs ? 1_000 : 0;
                differences = [.. Agreement.Differences(world.Log.Ledger, world.Truth!)];
            }

            agreedMs = (world.Scheduler.NowUs / 1_000) - startMs;
            problems.AddRange(world.Log.Ledger.Complaints);
            problems.AddRange(differences);
            problems.AddRange(
                world
                    .Log.Ledger.Orders.Where(order => !order.IsOver && order.Phase is null)
                    .Select(order => $"no word of {order}")
            );
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            problems.Add(broken.ToString());
        }

        return new MixResult(
            seed,
            problems,
            [.. trace],
            world.Log.Ledger.Orders.Count,
            world.Log.Ledger.Fills.Count,
            world.Scheduler.Faults.Count + world.VenueFaults,
            world.Client.Starts + world.ServerProcess.Starts - 2,
            agreedMs,
            world.Scheduler.EventHash
        );
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
                RequestLostShare = Often(0.05),
                RequestResetShare = Often(0.05),
                RequestDelayedShare = Often(0.05),
                RequestDelayMs = new MsRange(500, 60_000),
                ResponseLostShare = Often(0.05),
                ResponseResetShare = Often(0.05),
                ResponseDelayedShare = Often(0.05),
                ResponseDelayMs = new MsRange(500, 30_000),
            },
            Hosts = new HostFaults
            {
                ClockStepsPerDay = Often(600),
                ClockStepMs = new MsRange(1, 3_000),
                PartitionsPerDay = Often(600),
                PartitionMs = new MsRange(500, 60_000),
                KillsPerDay = Often(900),
                PowerLossShare = 0.3,
                DownMs = new MsRange(100, 20_000),
            },
        };
    }

    /// <summary>The venue's own faults. A liquidation or a delisting now and then; the rest often.</summary>
    private static ExchangeFaultPlan VenuePlan(SimRandom dice, long seed)
    {
        Dictionary<FaultKind, FaultRate> rates = [];
        foreach (FaultKind kind in FaultWords.Kinds)
        {
            if (dice.Chance(0.4))
            {
                continue;
            }

            double most = dice.NextBetween(1, 1_000) / 1_000.0;
            bool isRare = kind is FaultKind.Liquidation or FaultKind.Delisting or FaultKind.LotChanged;
            bool isBurst = kind is FaultKind.RateLimited or FaultKind.ServerError;
            rates[kind] = FaultWords.Rhythm(kind) switch
            {
                FaultRhythm.Day => new FaultRate(0, (isRare ? 150 : 1_000) * most),
                FaultRhythm.Request => new FaultRate((isBurst ? 0.01 : 0.05) * most),
                _ when kind == FaultKind.HistoryLate => new FaultRate(most),
                _ => new FaultRate(0.1 * most),
            };
        }

        return new ExchangeFaultPlan { Seed = seed, Rates = rates };
    }

    /// <summary>The program also dies at the worst of moments: just before or just after the ledger has kept an event.</summary>
    private static void Crash(SimulatedWorld world, SimRandom dice)
    {
        SimRandom random = dice.Fork("crash");
        double share = dice.Chance(0.5) ? 0 : 0.01;
        world.Log.Heard = venueEvent =>
        {
            if (
                venueEvent is VenueEvent.Filled or VenueEvent.OrderAcked or VenueEvent.OrderUnknown
                && world.Network.PlanIsActive
                && random.Chance(share)
                && world.Client.IsRunning
            )
            {
                world.RestartClient(random.NextBetween(10, 5_000));
            }
        };
    }

    private static void Note(Queue<string> trace, SimTraceEntry entry)
    {
        if (entry.Subject is not null)
        {
            trace.Enqueue($"{entry.AtUs / 1000.0} {entry.Source} {entry.What} {TraceText.Of(entry.Subject)}");
            if (trace.Count > TraceMax)
            {
                trace.Dequeue();
            }
        }
    }
}
