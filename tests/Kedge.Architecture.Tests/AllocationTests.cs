using System.Runtime.CompilerServices;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.TestSupport;

namespace Kedge.Architecture.Tests;

/// <summary>Hot paths allocate nothing once they are warm.</summary>
public sealed class AllocationTests
{
    private const int Bars = 10_000;

    private delegate double Pass(ref IndicatorBank bank, in Parameters parameters);

    [Fact]
    public void Indicators_allocate_nothing() => AssertAllocatesNothing(Indicators);

    [Fact]
    public void Gates_allocate_nothing() => AssertAllocatesNothing(GatesOverBars);

    [Fact]
    public void Exits_allocate_nothing() => AssertAllocatesNothing(ExitsOverBars);

    private static void AssertAllocatesNothing(Pass pass)
    {
        Parameters parameters = Samples.Parameters();
        IndicatorBank[] bank = new IndicatorBank[1];
        double warm = pass(ref bank[0], parameters);
        double measured = 0.0;
        Assert.Equal(0, Allocations.Of(() => measured = pass(ref bank[0], parameters)));
        Assert.Equal(warm, measured);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Indicators(ref IndicatorBank bank, in Parameters parameters)
    {
        bank.Reset(parameters);
        Snapshot snapshot = default;
        double sum = 0.0;
        for (int i = 0; i < Bars; i++)
        {
            bank.Next(Samples.Bar(i), ref snapshot);
            sum += snapshot.Rsi;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double GatesOverBars(ref IndicatorBank bank, in Parameters parameters)
    {
        bank.Reset(parameters);
        Snapshot snapshot = default;
        NoTrace trace = default;
        double sum = 0.0;
        for (int i = 0; i < Bars; i++)
        {
            bank.Next(Samples.Bar(i), ref snapshot);
            Gates.Evaluate(0, snapshot, parameters, 0, ref trace, out GateRecord record);
            sum += record.EffectiveMinAdx;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ExitsOverBars(ref IndicatorBank bank, in Parameters parameters)
    {
        bank.Reset(parameters);
        Snapshot snapshot = default;
        NoTrace trace = default;
        Position position = default;
        double sum = 0.0;
        for (int i = 0; i < Bars; i++)
        {
            Bar bar = Samples.Bar(i);
            bank.Next(bar, ref snapshot);
            if (!position.IsOpen)
            {
                position.Side = i % 2 == 0 ? Side.Long : Side.Short;
                position.Size = 1.0;
                position.EntryPrice = bar.Close;
                position.EntryAtr = snapshot.Atr;
                position.OpenedAtMs = bar.OpenTimeMs;
            }

            PriceRange range = default;
            range.Close = bar.Close;
            ExitDecision decision = ExitChain.Evaluate(
                0,
                ref position,
                range,
                bar.OpenTimeMs,
                false,
                snapshot,
                parameters,
                ref trace,
                out _
            );
            if (decision.IsExit)
            {
                sum += decision.Price;
                position = default;
            }
        }

        return sum;
    }
}
