using Kedge.Kernel;

namespace Kedge.Golden.Engine;

/// <summary>
/// The loop of the earlier system (backtester.md §2). It owns the order of operations and that system's faults; every indicator, gate,
/// signal, exit stage and size comes from the kernel.
/// </summary>
public static class GoldenEngine
{
    /// <summary>Replays a run from its first main bar to its last.</summary>
    public static GoldenState Run(GoldenInput input)
    {
        GoldenState state = new(input);
        GoldenExits exits = new(state);
        EntryOrders orders = new(state);
        MainBarSignals signals = new(state, exits, orders);
        SubBarEntries subBars = new(state, orders);
        FundingCharges funding = new(state);

        long[] timeline = Timeline(input.Main);
        int[] cursor = new int[state.Symbols];
        for (int k = 0; k < timeline.Length; k++)
        {
            long now = timeline[k];
            long next = k + 1 < timeline.Length ? timeline[k + 1] : long.MaxValue;
            long previous = k > 0 ? timeline[k - 1] : now;

            state.LookAtMarket();
            signals.Start();
            subBars.Start();
            for (int i = 0; i < state.Symbols; i++)
            {
                Bar[] bars = input.Main[i];
                if (cursor[i] == bars.Length || bars[cursor[i]].OpenTimeMs != now)
                {
                    continue;
                }

                state.Banks[i].Next(bars[cursor[i]++], ref state.Latest[i]);
                state.BarsSeen[i]++;
                if (now < input.FromMs || now > input.ToMs)
                {
                    continue;
                }

                exits.TestMainBar(i, now);
                if (state.BarsSeen[i] >= input.Lookback)
                {
                    subBars.RememberSlope(i);
                    signals.Evaluate(i, now);
                }
            }

            signals.Execute(now);
            exits.ScanSubBars(now, next);
            subBars.Run(now, next);
            funding.Charge(previous, now);
            state.Equity.Add((now, state.Balance));
        }

        if (timeline.Length > 0)
        {
            int last = Array.FindLastIndex(timeline, t => t <= input.ToMs);
            exits.CloseRemaining(timeline[last >= 0 ? last : ^1]);
        }

        return state;
    }

    private static long[] Timeline(Bar[][] series)
    {
        SortedSet<long> times = [];
        foreach (Bar[] bars in series)
        {
            foreach (ref readonly Bar bar in bars.AsSpan())
            {
                times.Add(bar.OpenTimeMs);
            }
        }

        return [.. times];
    }
}
