using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>The same input gives the same bytes, in whatever order and under whatever names it is stored.</summary>
public class RepeatabilityTests
{
    private const int Runs = 100;

    [Fact]
    public void TheSameInputTwiceGivesTheSameBytes() => ForAll(run => run.Run());

    [Fact]
    public void TheOrderOfSymbolsInTheStoreDoesNotMatter() =>
        ForAll(run =>
        {
            IReadOnlyList<InitPosition> positions = run.InitState?.Positions ?? [];
            ReplayCase stored = Stored(run, series => series.Reverse());
            return (
                stored with
                {
                    InitState = run.InitState is { } init ? init with { Positions = [.. positions.Reverse()] } : null,
                }
            ).Run(finer => finer.Reverse());
        });

    [Fact]
    public void NamesOnlyDecideTheOrder() => ForAll(run => Renamed(run).Run());

    private static void ForAll(Func<ReplayCase, ReplayRunResult> other) =>
        Parallel.For(
            1,
            Runs + 1,
            seed =>
            {
                ReplayCase run = RandomCases.Make(200_000 + (ulong)seed);
                NaiveEqualityTests.Same(seed, run.Run(), other(run));
            }
        );

    /// <summary>The same candles, put in by symbols in another order.</summary>
    private static ReplayCase Stored(
        ReplayCase run,
        Func<IEnumerable<KeyValuePair<string, List<Bar>>>, IEnumerable<KeyValuePair<string, List<Bar>>>> order
    )
    {
        TestSeries? Ordered(TestSeries? series) =>
            series is null
                ? null
                : series with
                {
                    Bars = order(series.Bars).ToDictionary(b => b.Key, b => b.Value, StringComparer.Ordinal),
                };
        TestMarket market = run.Market;
        return run with
        {
            Market = market with { Main = Ordered(market.Main)!, Exit = Ordered(market.Exit), Entry = Ordered(market.Entry) },
        };
    }

    /// <summary>Every symbol gets a prefix, which keeps their order; what is special about one is in its traits, not in its name.</summary>
    private static ReplayCase Renamed(ReplayCase run)
    {
        static string Name(string symbol) => "1000" + symbol;
        static Dictionary<string, T> Keys<T>(IReadOnlyDictionary<string, T> map) =>
            map.ToDictionary(m => Name(m.Key), m => m.Value, StringComparer.Ordinal);
        static TestSeries? Series(TestSeries? series) => series is null ? null : series with { Bars = Keys(series.Bars) };
        TestMarket market = run.Market;
        return run with
        {
            Parameters = Keys(run.Parameters),
            Terms = run.Terms is null ? null : Keys(run.Terms),
            Market = new TestMarket
            {
                Main = Series(market.Main)!,
                Exit = Series(market.Exit),
                Entry = Series(market.Entry),
                Funding = market.Funding is null ? null : Keys(market.Funding),
            },
            InitState = run.InitState is not { } init
                ? null
                : init with
                {
                    Positions = [.. init.Positions.Select(p => p with { Symbol = Name(p.Symbol) })],
                    LastEntryMs = Keys(init.LastEntryMs),
                    LastExitMs = Keys(init.LastExitMs),
                },
        };
    }
}
