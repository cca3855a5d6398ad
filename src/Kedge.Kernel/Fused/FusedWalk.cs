using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;

namespace Kedge.Kernel.Fused;

/// <summary>One configuration from the first tick to the last: what a replay does, over columns in memory.</summary>
public static unsafe class FusedWalk
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    /// <summary>Runs one configuration of many.</summary>
    /// <param name="runs">All of them.</param>
    /// <param name="index">Which one.</param>
    public static void Run(FusedRun* runs, long index)
    {
        FusedRun* run = runs + index;
        FusedMarket* market = run->Market;
        for (int i = 0; i < market->Count && run->Columns == null; i++)
        {
            run->Banks[i].Reset(run->Parameters[market->GroupOf(i)]);
        }

        FusedWorld world = new(run);
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        Account* account = &run->Account;
        long boundary = market->FirstBoundaryMs;
        long day = 0;
        long dayEnd = market->FirstDayEndMs;
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
                if (run->Equity.Daily != null)
                {
                    day += now > dayEnd ? 1 : 0;
                    while (dayEnd < now)
                    {
                        dayEnd += DayMs;
                    }

                    Point(run, day, ref world);
                }
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
            if (run->Equity.Daily != null)
            {
                Point(run, day, ref world);
            }
        }

        run->Funnel = funnel;
    }

    /// <summary>What the account is worth after a tick. A balance that did not change is no point: days without one keep it.</summary>
    private static void Point(FusedRun* run, long day, ref FusedWorld world)
    {
        Totals.Of(&run->Account, ref world, out Totals totals);
        run->Equity.Add(day, totals.Equity);
        if (run->Account.Balance != run->Balance.Last)
        {
            run->Balance.Add(day, run->Account.Balance);
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
