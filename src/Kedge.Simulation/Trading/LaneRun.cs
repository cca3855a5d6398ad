using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Plays a scenario to its end: faults for some hours, then peace. A minute after the last fault has played out, and the last unknown outcome has become known or
/// was proven absent, venue, engine and ledger must agree.
/// </summary>
public static class LaneRun
{
    private const long WarmMs = 120_000;
    private const long SettleMs = 15_000;
    private const int Rounds = 3;
    private const long ProofMs = 20 * 60_000;
    private const long AgreeMs = 60_000;
    private const long HourUs = 3_600_000_000;

    /// <summary>Runs one seed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LaneRunResult Run(LaneRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        long playedMs = options.Hours * 3_600_000;
        LaneScenarioOptions scenarioOptions = new()
        {
            Seed = options.Seed,
            PlayedMs = playedMs + 3_600_000,
            Faults = options.FaultsOfSeed,
            Setup = options.Setup,
            DepositUsd = options.DepositUsd,
        };
        if (options.Overrides is { } overrides)
        {
            scenarioOptions = scenarioOptions with { Overrides = overrides };
        }

        using LaneScenario scenario = new(scenarioOptions);
        VirtualScheduler time = scenario.Scheduler;
        time.Trace = options.Trace;
        try
        {
            time.RunFor(WarmMs);
            scenario.Misbehave();
            Misbehaving(scenario, options, playedMs);
            scenario.Behave();
            for (int i = 0; i < Rounds && scenario.OrdersByHand().Count > 0; i++)
            {
                // What he placed only an operator cancels.
                scenario.TidyUp();
                time.RunFor(SettleMs);
            }

            time.RunUntil(() => scenario.Unsettled == 0, ProofMs);
            time.RunFor(AgreeMs);
            scenario.CheckAgreement();
            scenario.CheckLedger();
        }
        catch (Exception broken)
            when (broken is not OutOfMemoryException
                && !(broken is OperationCanceledException && options.Cancellation.IsCancellationRequested)
            )
        {
            scenario.Threw(broken);
        }

        return new LaneRunResult(
            options.Seed,
            options.Hours,
            scenario.Problems,
            scenario.Broken,
            scenario.Counts,
            scenario.Lane.Starts - 1,
            time.EventHash
        )
        {
            ProfitUsd = scenario.ProfitUsd,
            Checked = scenario.Checked,
        };
    }

    private static void Misbehaving(LaneScenario scenario, LaneRunOptions options, long playedMs)
    {
        VirtualScheduler time = scenario.Scheduler;
        long startUs = time.NowUs;
        long toldUs = 0;
        time.RunUntil(
            () =>
            {
                long playedUs = time.NowUs - startUs;
                if (playedUs - toldUs >= HourUs)
                {
                    toldUs = playedUs;
                    options.Progress?.Invoke(Math.Min(1.0, playedUs / (1_000.0 * playedMs)));
                }

                return scenario.Problems.Count > 0 || options.Cancellation.IsCancellationRequested;
            },
            playedMs
        );
        options.Cancellation.ThrowIfCancellationRequested();
    }
}
