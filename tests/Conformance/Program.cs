using System.Collections.Concurrent;
using System.Globalization;
using Kedge.Conformance.Feeds;
using Kedge.Conformance.Matrix;
using Kedge.Conformance.Mixes;
using Kedge.Conformance.Worlds;

namespace Kedge.Conformance;

/// <summary>
/// The soak and the table by hand: <c>soak COUNT [FIRST]</c> runs random mixes, <c>seed N</c> one of them with its story, <c>row ID [WORLD]</c> one
/// row, <c>feed-soak COUNT [FIRST]</c> and <c>feed-seed N</c> the same for the market-data feed, <c>feed-start SYMBOLS</c> its first and second start with a full history, <c>table</c> prints the matrix as documentation.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["soak", string count, .. string[] rest]:
                return Soak(Number(count), rest.Length > 0 ? Number(rest[0]) : 1);
            case ["seed", string seed]:
                MixResult result = RandomMix.Run(Number(seed), traced: true);
                Console.WriteLine(result.Text);
                return result.Problems.Count == 0 ? 0 : 1;
            case ["feed-soak", string count, .. string[] rest]:
                return FeedSoak.Run(Number(count), rest.Length > 0 ? Number(rest[0]) : 1);
            case ["feed-seed", string seed]:
                FeedMixResult mixed = FeedMix.Run(Number(seed), Console.WriteLine);
                Console.WriteLine(mixed.Text);
                return mixed.Problems.Count == 0 ? 0 : 1;
            case ["feed-start", string symbols]:
                return Start((int)Number(symbols));
            case ["row", string id, .. string[] world]:
                return Row(id, world.Length > 0 ? world[0] : "hyperliquid");
            case ["rows", .. string[] world]:
                return Rows(world.Length > 0 ? world[0] : "hyperliquid");
            case ["table"]:
                Console.Write(ConformanceTable.Text());
                return 0;
            default:
                Console.Error.WriteLine(
                    "soak COUNT [FIRST] | seed N | feed-soak COUNT [FIRST] | feed-seed N | feed-start SYMBOLS | row ID [WORLD] | rows [WORLD] | table"
                );
                return 2;
        }
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static int Soak(ulong count, ulong first)
    {
        int failed = 0;
        long orders = 0;
        long fills = 0;
        long faults = 0;
        ConcurrentBag<long> agreed = [];
        Parallel.For(
            (long)first,
            (long)(first + count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                MixResult result = RandomMix.Run((ulong)seed);
                Interlocked.Add(ref orders, result.Orders);
                Interlocked.Add(ref fills, result.Fills);
                Interlocked.Add(ref faults, result.Faults);
                agreed.Add(result.AgreedAfterMs);
                if (result.Problems.Count > 0)
                {
                    Interlocked.Increment(ref failed);
                    Console.WriteLine(result.Text);
                }
            }
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} seeds from {first}: {failed} failed; {orders} orders, {fills} fills, {faults} faults; "
                    + $"agreed after {agreed.Max() / 1_000} s at most, {agreed.Count(ms => ms > 60_000)} after more than 60 s"
            )
        );
        return failed == 0 ? 0 : 1;
    }

    private static int Start(int symbols)
    {
        using FeedStart world = new(symbols);
        foreach (string life in new[] { "first start", "second start, half an hour later" })
        {
            FeedStartResult result = world.Run();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{life}: {result.End.Had} of {result.End.Wanted} bars after {result.TookMs / 60_000.0:F1} min, weight {result.Weight} by {result.Questions} questions, at most {world.MostInAMinute} in a minute, {world.Refused} refused"
                )
            );
            string[] differences = [.. world.Differences()];
            Array.ForEach(differences, Console.WriteLine);
            if (differences.Length > 0 || world.Refused > 0)
            {
                return 1;
            }

            world.Pause(1_800_000);
        }

        return 0;
    }

    /// <summary>With KEDGE_TRACE=1 a simulated world tells its story.</summary>
    private static IVenueWorld Traced(IVenueWorld world)
    {
        if (Environment.GetEnvironmentVariable("KEDGE_TRACE") == "1" && world is SimulatedWorld simulated)
        {
            simulated.Scheduler.Trace = entry =>
            {
                if (entry.Subject is not null)
                {
                    Console.WriteLine($"{entry.AtUs / 1000.0} {entry.Source} {entry.What} {TraceText.Of(entry.Subject)}");
                }
            };
        }

        return world;
    }

    private static int Rows(string world)
    {
        int failed = 0;
        foreach (ConformanceRow row in ConformanceMatrix.Rows)
        {
            failed += Row(row.Id, world);
        }

        return failed == 0 ? 0 : 1;
    }

    private static int Row(string id, string world)
    {
        ConformanceRow row = ConformanceMatrix.Row(id);
        try
        {
            string? why = ConformanceMatrix.Try(row, () => Traced(VenueWorlds.All[world]()));
            Console.WriteLine(why is null ? $"{id} passed: {row.Title}" : $"{id} does not apply: {why}");
            return 0;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            Console.WriteLine($"{id} FAILED: {row.Title}: {(broken is ConformanceFailure ? broken.Message : broken)}");
            return 1;
        }
    }
}
