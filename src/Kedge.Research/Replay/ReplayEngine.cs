using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>
/// Drives <see cref="PortfolioStep"/> over recorded candles: one timeline, the union of the close times of all series. A tick sees only what
/// closed at or before it.
/// </summary>
public static unsafe class ReplayEngine
{
    private const int ProgressEveryTicks = 512;

    /// <summary>Runs the whole input.</summary>
    /// <param name="input">Candles, parameters and limits.</param>
    /// <param name="trace">Sees every tick of the trade window.</param>
    public static ReplayOutcome Run<TTrace>(ReplayInput input, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        ArgumentNullException.ThrowIfNull(input);
        using ReplayMemory memory = new(input);
        List<Booking> bookings = new(1024);
        List<EquityPoint> equity = new(TickCapacity(input));
        ReplayWorld world = new(input, memory, bookings);
        Account account = new(input.InitState?.Balance ?? input.InitialBalance);
        InitStateLoader.Apply(input, memory, &account);

        long intervalMs = input.Main.Interval.Ms;
        long first = 0;
        long last = 0;
        long previous = long.MinValue;
        long ticks = 0;
        (long startMs, long endMs) = Extent(input);
        for (long now = world.NextTickMs(); now <= input.ToMs && now != long.MaxValue; now = world.NextTickMs())
        {
            Tick tick = new(now, intervalMs);
            if (now < input.FromMs)
            {
                world.OpenTick(tick);
                world.Advance(tick);
                previous = now;
                continue;
            }

            FundBetween(&account, previous, now, intervalMs, input.FromMs, ref world);
            world.SetBoundary(now);
            PortfolioStep.Run(&account, tick, ref world, memory.Scratch, ref trace);
            equity.Add(Point(&account, now, ref world));
            first = first == 0 ? now : first;
            last = now;
            previous = now;
            if (++ticks % ProgressEveryTicks == 0 && endMs > startMs)
            {
                input.Progress?.Invoke((double)(now - startMs) / (endMs - startMs));
            }
        }

        if (last != 0)
        {
            Tick end = new(last, intervalMs);
            PortfolioStep.Finish(&account, end, ref world, ref trace);
            equity.Add(Point(&account, last, ref world));
        }

        input.Progress?.Invoke(1.0);
        return new ReplayOutcome(bookings, equity, account, first, last);
    }

    /// <summary>Charges the boundaries that lie strictly between two ticks, at the prices known there.</summary>
    private static void FundBetween(
        Account* account,
        long previous,
        long now,
        long intervalMs,
        long fromMs,
        ref ReplayWorld world
    )
    {
        if (account->OpenPositions == 0 || previous == long.MinValue)
        {
            return;
        }

        const long Hour = FundingMeter.BoundaryMs;
        for (long boundary = ((previous / Hour) + 1) * Hour; boundary < now; boundary += Hour)
        {
            if (boundary < fromMs)
            {
                continue;
            }

            Tick tick = new(boundary, intervalMs);
            world.SetBoundary(boundary);
            FundingPhase.Run(account, tick, ref world);
        }
    }

    private static EquityPoint Point(Account* account, long now, ref ReplayWorld world)
    {
        Totals.Of(account, ref world, out Totals totals);
        return new EquityPoint(now, account->Balance, totals.Equity, totals.Notional, account->Margin, account->OpenPositions);
    }

    /// <summary>First open and last close of the main candles; progress only.</summary>
    private static (long StartMs, long EndMs) Extent(ReplayInput input)
    {
        long start = long.MaxValue;
        long end = long.MinValue;
        for (int i = 0; i < input.Main.Symbols.Count; i++)
        {
            BarColumns bars = input.Main.Bars(i);
            if (bars.Count > 0)
            {
                start = Math.Min(start, bars.OpenTimeMs[0]);
                end = Math.Max(end, bars.OpenTimeMs[bars.Count - 1] + input.Main.Interval.Ms);
            }
        }

        return (start, Math.Min(end, input.ToMs));
    }

    private static int TickCapacity(ReplayInput input)
    {
        int longest = 0;
        for (int i = 0; i < input.Main.Symbols.Count; i++)
        {
            longest = Math.Max(longest, input.Main.Bars(i).Count);
        }

        return longest + 2;
    }
}
