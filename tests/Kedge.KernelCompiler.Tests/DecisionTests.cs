using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.KernelCompiler.Tests.Twin.Probes;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests;

/// <summary>Gates, signals, filters, exits, sizing and venue rules under random configurations over all keys, .NET against the twin.</summary>
public sealed unsafe class DecisionTests
{
    private const int Configurations = 600;
    private const int QuestionsEach = 25;

    [Fact]
    public void Every_decision_has_the_bits_of_dotnet_under_600_configurations()
    {
        KernelTwin.SkipWithout();
        Fields fields = new(KernelTwin.Kernel, typeof(DecisionProbe));
        int count = Configurations * QuestionsEach;
        DecisionProbe* expected = (DecisionProbe*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(DecisionProbe));
        DecisionProbe* actual = (DecisionProbe*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(DecisionProbe));
        for (int i = 0; i < Configurations; i++)
        {
            Fill(expected + i * QuestionsEach, (ulong)i);
        }

        Buffer.MemoryCopy(expected, actual, (long)count * sizeof(DecisionProbe), (long)count * sizeof(DecisionProbe));
        for (long i = 0; i < count; i++)
        {
            DecisionProbe.Run(expected, i);
        }

        KernelTwin.Library.Run("probe", actual, count);
        int signals = 0;
        int exits = 0;
        HashSet<ReasonCode> reasons = [];
        for (int i = 0; i < count; i++)
        {
            string? difference = fields.Difference(expected + i, actual + i);
            Assert.True(difference is null, $"configuration {i / QuestionsEach}, question {i % QuestionsEach}: {difference}");
            signals += expected[i].Raw.Side != Side.Flat ? 1 : 0;
            exits += expected[i].Chain.IsExit ? 1 : 0;
            reasons.Add(expected[i].Chain.Reason);
        }

        // Equal answers mean little where every answer is "no".
        Assert.True(signals > 200, $"only {signals} signals");
        Assert.True(exits > 1_000, $"only {exits} exits");
        Assert.True(reasons.Count >= 8, string.Join(", ", reasons));
        NativeMemory.Free(expected);
        NativeMemory.Free(actual);
    }

    /// <summary>Snapshots of one market as one configuration sees them, each with a position and a signal of its own.</summary>
    private static void Fill(DecisionProbe* probes, ulong seed)
    {
        ReplayCase made = RandomCases.Make(seed, false);
        TestRandom random = new(seed + 1_000);
        string symbol = made.Market.Symbols[random.Whole(0, made.Market.Symbols.Count - 1)];
        List<Bar> bars = made.Market.Main.Bars[symbol];
        Parameters p = made.Parameters[symbol];
        IndicatorBank bank = default;
        bank.Reset(p);
        Snapshot view = default;
        int asked = 0;
        for (int i = 0; i < bars.Count && asked < QuestionsEach; i++)
        {
            bank.Next(bars[i], ref view);
            view.FundingRate = random.Pick(0.0, 0.00001, -0.00003, 0.0004, -0.0004);
            if (i > 60 && random.Chance(0.3))
            {
                Ask(probes + asked++, random, p, view, bars[i], made.Terms is { } terms ? terms[symbol] : default);
            }
        }
    }

    private static void Ask(
        DecisionProbe* probe,
        TestRandom random,
        in Parameters p,
        in Snapshot view,
        in Bar bar,
        in InstrumentTerms terms
    )
    {
        probe->Parameters = p;
        probe->View = view;
        probe->Terms = terms;
        probe->Equity = random.Between(100.0, 50_000.0);
        probe->Price = bar.Close * random.Between(0.97, 1.03);
        probe->Headroom = random.Between(0.0, 5_000.0);
        probe->NowMs = bar.OpenTimeMs + 3_600_000;
        probe->Range.OpenTimeMs = bar.OpenTimeMs;
        probe->Range.Open = bar.Open;
        probe->Range.High = Math.Max(bar.High, probe->Price);
        probe->Range.Low = Math.Min(bar.Low, probe->Price);
        probe->Range.Close = probe->Price;
        probe->Market.BtcTrend = random.Whole(-1, 1);
        probe->Market.BreadthKnown = random.Chance(0.8);
        probe->Market.BreadthPct = random.Between(0.0, 100.0);
        probe->Market.BtcAdx = random.Between(5.0, 60.0);
        probe->Market.BtcAtrPct = random.Between(0.0, 0.03);
        SymbolState* state = &probe->State;
        state->Signal.Side = random.Pick(Side.Long, Side.Short);
        state->Signal.Confidence = random.Pick(Confidence.Low, Confidence.Medium, Confidence.High);
        state->HasExited = random.Chance(0.5);
        state->LastExitMs = probe->NowMs - random.Whole(0, 400) * 60_000L;
        state->LastExitSide = random.Pick(Side.Long, Side.Short);
        Hold(&state->Position, random, probe->Price, view.Atr, probe->NowMs);
    }

    private static void Hold(Position* position, TestRandom random, double price, double atr, long nowMs)
    {
        position->Side = random.Pick(Side.Long, Side.Short);
        position->EntryPrice = price + atr * random.Between(-4.0, 4.0);
        position->FirstEntryPrice = position->EntryPrice;
        position->EntryAtr = random.Chance(0.1) ? 0.0 : atr * random.Between(0.5, 1.5);
        position->EntryAdxThreshold = random.Pick(0.0, 15.0, 22.0);
        position->Size = random.Between(0.1, 50.0) / price * 1_000.0;
        position->Leverage = random.Pick(1.0, 3.0, 5.0);
        position->Confidence = random.Pick(Confidence.Low, Confidence.Medium, Confidence.High);
        position->OpenedAtMs = nowMs - random.Whole(1, 200) * 3_600_000L;
        position->LastAddMs = position->OpenedAtMs;
        position->Adds = random.Whole(0, 2);
        position->PartialTaken = random.Chance(0.3);
        position->HasTrailingStop = random.Chance(0.4);
        position->TrailingStop = price + atr * random.Between(-2.0, 2.0);
        position->HasRestingStop = random.Chance(0.4);
        position->RestingStop = price + atr * random.Between(-3.0, 3.0);
        position->BreakevenReached = random.Chance(0.3);
        position->BestPrice = price * 1.02;
        position->WorstPrice = price * 0.98;
    }
}
