using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Perps;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Tests.Replay;
using Kedge.TestSupport;

namespace Kedge.KernelCompiler.Tests;

/// <summary>
/// Whole runs: replay in .NET, the fused walk in .NET, and the twin of the fused walk, on random markets with gaps, late listings, delistings,
/// funding and finer bars, each under a configuration drawn over all keys.
/// </summary>
public sealed unsafe class WalkTests
{
    private const int Cases = 500;

    [Fact]
    public void Five_hundred_runs_trade_like_replay_to_the_last_bit()
    {
        KernelTwin.SkipWithout();
        WalkComparison comparison = new(KernelTwin.Library);
        long bookings = 0;
        int trading = 0;
        int funded = 0;
        int finer = 0;
        HashSet<ReasonCode> reasons = [];
        for (ulong seed = 0; seed < Cases; seed++)
        {
            ReplayCase made = RandomCases.Make(seed) with { InitState = null };
            ReplayRunResult replayed = made.Run();
            string? difference = comparison.Difference(made, replayed);
            Assert.True(difference is null, $"seed {seed}: {difference}");
            bookings += replayed.Bookings.Count;
            trading += replayed.Bookings.Count > 0 ? 1 : 0;
            funded += replayed.Bookings.Any(b => b.Action == OrderAction.Funding) ? 1 : 0;
            finer += made.Market.Exit is not null || made.Market.Entry is not null ? 1 : 0;
            reasons.UnionWith(replayed.Bookings.Select(b => b.Reason));
        }

        // What was compared: runs that trade, pay funding and look at finer bars, for every kind of reason.
        Assert.True(bookings > 20_000, $"{bookings} bookings");
        Assert.True(trading > Cases / 2, $"{trading} runs that traded");
        Assert.True(funded > Cases / 10, $"{funded} runs with funding");
        Assert.True(finer > Cases / 4, $"{finer} runs with finer bars");
        Assert.True(reasons.Count >= 15, string.Join(", ", reasons.Order()));
    }

    [Fact]
    public void A_market_of_three_symbols_with_sub_bars_and_funding_trades_like_replay()
    {
        KernelTwin.SkipWithout();
        WalkComparison comparison = new(KernelTwin.Library);
        int bookings = 0;
        for (ulong seed = 9_000; seed < 9_020; seed++)
        {
            ReplayCase made = RandomCases.Make(seed, true) with { InitState = null };
            ReplayRunResult replayed = made.Run();
            Assert.Null(comparison.Difference(made, replayed));
            bookings += replayed.Bookings.Count;
        }

        Assert.True(bookings > 500, $"{bookings} bookings");
    }

    [Fact]
    public void Recorded_candles_with_five_minute_bars_and_funding_trade_like_replay()
    {
        KernelTwin.SkipWithout();
        string? absent = ReferenceData.WhyAbsent(RecordedMarket.Files);
        Assert.SkipWhen(absent is not null, absent ?? "");
        TestMarket market = RecordedMarket.Read();
        WalkComparison comparison = new(KernelTwin.Library);
        int bookings = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            Parameters p = RandomParameters.Make(new TestRandom(seed));
            ReplayCase made = new()
            {
                Seed = seed,
                Market = market,
                Portfolio = p,
                Parameters = market.Symbols.ToDictionary(s => s, s => Traits(s, p), StringComparer.Ordinal),
            };
            ReplayRunResult replayed = made.Run();
            string? difference = comparison.Difference(made, replayed);
            Assert.True(difference is null, $"seed {seed}: {difference}");
            bookings += replayed.Bookings.Count;
        }

        Assert.True(bookings > 2_000, $"{bookings} bookings");
    }

    [Theory]
    [InlineData("Kedge.Kernel.Arithmetic.Round12", "0x1.d1a94a2p+39", "0x1.d1a94a2000001p+39")]
    [InlineData("Kedge.Kernel.Indicators.Ema.Reset", "0x1p+1", "0x1.0000000000001p+1")]
    [InlineData("Kedge.Kernel.StateHash.Mix(UInt64, UInt64)", "29", "28")]
    public void One_bit_changed_in_the_c_file_is_caught(string function, string from, string to)
    {
        KernelTwin.SkipWithout();
        using TwinLibrary changed = new(Change(KernelTwin.Kernel.Text, function, from, to));
        WalkComparison comparison = new(changed);
        Assert.Contains(
            Enumerable.Range(0, 10),
            seed =>
            {
                ReplayCase made = RandomCases.Make((ulong)seed) with { InitState = null };
                return comparison.Difference(made, made.Run()) is not null;
            }
        );
    }

    [Fact]
    public void Bookings_past_the_room_for_them_are_counted_and_not_kept()
    {
        KernelTwin.SkipWithout();
        ReplayCase made = Enumerable
            .Range(0, 50)
            .Select(seed => RandomCases.Make((ulong)seed) with { InitState = null })
            .First(c => c.Run().Bookings.Count > 20);
        int expected = made.Run().Bookings.Count;
        using MarketMemory memory = new();
        FusedRun* run = memory.Allocate<FusedRun>(1);
        memory.Start(run, memory.Market(made), made, 10);
        KernelTwin.Library.Run("kedge_walk", run, 1);
        Assert.Equal(expected, run->BookingCount);
        Assert.Equal(made.Run().Hash, run->Account.Hash);
    }

    private static Parameters Traits(string symbol, Parameters p)
    {
        p.Traits = symbol == "BTC" ? SymbolTraits.Btc : SymbolTraits.None;
        return p;
    }

    /// <summary>Changes the first occurrence of a constant in one function.</summary>
    private static string Change(string text, string function, string from, string to)
    {
        int body = text.IndexOf($"/* {function}", StringComparison.Ordinal);
        int at = text.IndexOf($"= {from};", body, StringComparison.Ordinal);
        int end = text.IndexOf("\n}", body, StringComparison.Ordinal);
        Assert.True(at > 0 && at < end, $"{from} is not in {function}");
        return text[..(at + 2)] + to + text[(at + 2 + from.Length)..];
    }
}
