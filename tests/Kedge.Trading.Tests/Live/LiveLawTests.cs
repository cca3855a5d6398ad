namespace Kedge.Trading.Tests.Live;

/// <summary>Whatever a venue does: no order twice, no fill lost or doubled, ledger, engine and venue agree in the end.</summary>
public sealed class LiveLawTests
{
    [Fact]
    public void With_a_venue_that_works_engine_ledger_and_venue_agree() => Run(4, Chaos.None, 50);

    [Fact]
    public void With_everything_that_can_go_wrong_engine_ledger_and_venue_agree() => Run(16, Chaos.All, 200);

    private static void Run(int seeds, Chaos chaos, int fillsWanted)
    {
        Dictionary<string, int> happened = new(StringComparer.Ordinal);
        int fills = 0;
        Lock gate = new();
        List<string> problems = [];
        Parallel.For(
            1,
            seeds + 1,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                using LiveRun run = new((ulong)seed, chaos);
                run.Run();
                lock (gate)
                {
                    problems.AddRange(run.Problems.Take(3).Select(p => $"seed {seed}: {p}"));
                    fills += run.Fills;
                    foreach ((string what, int count) in run.Happened)
                    {
                        happened[what] = happened.GetValueOrDefault(what) + count;
                    }
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fills} fills; {string.Join(", ", happened.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key} {h.Value}"))}"
        );
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));
        Assert.True(fills >= fillsWanted, $"{fills} fills");
        if (chaos != Chaos.None)
        {
            string[] all =
            [
                "rejected",
                "unknown_absent",
                "unknown_landed",
                "partial",
                "fill_first",
                "restart",
                "foreign",
                "commit_failed",
            ];
            Assert.All(all, what => Assert.True(happened.GetValueOrDefault(what) >= 5, $"{what} hardly happened"));
        }
    }
}
