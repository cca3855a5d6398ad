using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;

namespace Kedge.Kernel.Fused;

/// <summary>One configuration from the first tick to the last: what a replay does, over columns in memory.</summary>
public static unsafe class FusedWalk
{
    private const long HourMs = 3_600_000;

    /// <summary>Runs one configuration of many.</summary>
    /// <param name="runs">All of them.</param>
    /// <param name="index">Which one.</param>
    public static void Run(FusedRun* runs, long index)
    {
        FusedRun* run = runs + index;
        FusedMarket* market = run->Market;
        for (int i = 0; i < market->Count && run->Columns == null; i++)
        {
            run->Banks[i].Reset(run->Parameters[i]);
        }

        FusedWorld world = new(run);
        NoTrace trace = default;
        Account* account = &run->Account;
        long boundary = market->FirstBoundaryMs;
        Tick tick = new(0, market->MainIntervalMs);
        for (long now = world.NextTickMs(); now <= market->ToMs && now != long.MaxValue; now = world.NextTickMs())
        {
            tick.TimeMs = now;
            if (now < market->FromMs)
            {
                world.OpenTick(tick);
                world.Advance(tick);
            }
            else
            {
                FundBetween(account, boundary, now, market, ref world);
                world.SetBoundary(now);
                PortfolioStep.Run(account, tick, ref world, run->Scratch, ref trace);
                run->FirstTickMs = run->FirstTickMs == 0 ? now : run->FirstTickMs;
                run->LastTickMs = now;
            }

            while (boundary <= now)
            {
                boundary += HourMs;
            }
        }

        if (run->LastTickMs != 0)
        {
            tick.TimeMs = run->LastTickMs;
            PortfolioStep.Finish(account, tick, ref world, ref trace);
        }
    }

    /// <summary>Charges the boundaries that lie strictly between two ticks, at the prices known there.</summary>
    private static void FundBetween(Account* account, long first, long now, FusedMarket* market, ref FusedWorld world)
    {
        if (account->OpenPositions == 0)
        {
            return;
        }

        Tick tick = new(0, market->MainIntervalMs);
        for (long boundary = first; boundary < now; boundary += HourMs)
        {
            if (boundary >= market->FromMs)
            {
                tick.TimeMs = boundary;
                world.SetBoundary(boundary);
                FundingPhase.Run(account, tick, ref world);
            }
        }
    }
}
