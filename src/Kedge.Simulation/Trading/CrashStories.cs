using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>The scenarios in which crash points are reached.</summary>
internal static class CrashStories
{
    /// <summary>How long each plays, milliseconds: well below six hours.</summary>
    public const long PlayedMs = 45 * 60_000;

    /// <summary>When the program is stopped by hand in <see cref="CrashStory.Calm"/>, milliseconds after the beginning.</summary>
    public const long StopMs = 25 * 60_000;

    private static readonly LaneFaults Busy = new()
    {
        PerDay = new Dictionary<LaneFault, double>
        {
            [LaneFault.SocketDropped] = 60,
            [LaneFault.SocketHalfOpen] = 40,
            [LaneFault.SocketStalled] = 20,
            [LaneFault.SnapshotWithheld] = 20,
            [LaneFault.RateLimited] = 20,
            [LaneFault.ServerError] = 20,
            [LaneFault.NonceRefused] = 20,
            [LaneFault.LaneClockStepped] = 10,
            [LaneFault.VenueClockStepped] = 10,
            [LaneFault.Liquidation] = 4,
            [LaneFault.Deleveraging] = 10,
            [LaneFault.Delisting] = 1,
            [LaneFault.LotChanged] = 4,
            [LaneFault.ForeignOrder] = 60,
            [LaneFault.Transfer] = 40,
            [LaneFault.SlowFlush] = 10,
            [LaneFault.GarbageConfiguration] = 4,
            [LaneFault.Operator] = 24,
            [LaneFault.OperatorOrder] = 60,
            [LaneFault.ProcessKilled] = 20,
            [LaneFault.PowerLost] = 20,
        },
        Shares = new Dictionary<FaultKind, FaultRate>(LaneFaults.Day.Shares)
        {
            [FaultKind.ResponseLost] = new(0.03),
            [FaultKind.RequestLost] = new(0.03),
            [FaultKind.OrderNotFound] = new(0.10),
        },
        AimedShare = 0.7,
        ThinBookShare = 0.05,
        ThinBookBesidePartialShare = 0.05,
        CancelCrossesShare = 0.05,
        OpenEndedEvery = 8,
    };

    private static readonly LaneFaults FullDisk = new()
    {
        PerDay = new Dictionary<LaneFault, double>
        {
            [LaneFault.DiskFull] = 120,
            [LaneFault.ProcessKilled] = 10,
            [LaneFault.PowerLost] = 10,
        },
        Shares = new Dictionary<FaultKind, FaultRate> { [FaultKind.ResponseLost] = new(0.02) },
    };

    /// <summary>The scenario of a story.</summary>
    public static LaneScenarioOptions Of(CrashStory story, ulong seed)
    {
        LaneScenarioOptions options = new() { Seed = seed };
        return options with
        {
            PlayedMs = PlayedMs + 3_600_000,
            Faults = story switch
            {
                CrashStory.Busy => Busy,
                CrashStory.FullDisk => FullDisk,
                _ => LaneFaults.None,
            },
            SegmentMs = 10 * 60_000,
            KeepSegments = 3,
            Overrides =
            [
                .. options.Overrides,
                "engine.interval=1m",
                "trade.add_cooldown_minutes=1",
                "trade.add_min_profit_atr=0.05",
                "trade.tp_atr_mult=2.5",
            ],
        };
    }

    /// <summary>What a story does to a scenario beside its faults.</summary>
    /// <param name="story">The story.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="isPlaying">Whether things still happen to it.</param>
    public static void Attach(CrashStory story, LaneScenario scenario, Func<bool> isPlaying)
    {
        VirtualScheduler time = scenario.Scheduler;
        SimRandom dice = time.Random.Fork("story");
        if (story == CrashStory.Calm)
        {
            time.At((time.NowUs / 1_000) + StopMs, "stopped by hand", () => Do(scenario.Stop));
        }
        else if (story == CrashStory.FullDisk)
        {
            // Some lanes die with an exit in the emergency file that the ledger does not have.
            scenario.Engine.Sent += command =>
            {
                if (scenario.NameOf(command) == LaneScenario.EmergencyName && dice.Chance(0.3))
                {
                    long atMs = (time.NowUs / 1_000) + dice.NextBetween(1, 20_000);
                    KillKind kind = dice.Chance(0.5) ? KillKind.Process : KillKind.Power;
                    time.At(atMs, "killed", () => Do(() => scenario.Restart(dice.NextBetween(100, 60_000), kind)));
                }
            };
        }

        void Do(Action action)
        {
            if (isPlaying())
            {
                action();
            }
        }
    }
}
