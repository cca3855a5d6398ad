using System.Globalization;

namespace Kedge.Simulation.Runs;

/// <summary><c>lane SEEDS [HOURS] [FIRST]</c> runs seeds of a lane; <c>trace SEED [HOURS]</c> tells the story of one.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        ulong Number(int index, ulong fallback) =>
            args.Length > index ? ulong.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
        switch (args)
        {
            case ["lane", ..]:
                return Soak(Number(1, 10), (long)Number(2, 24), Number(3, 1));
            case ["trace", ..]:
                LaneMixResult traced = LaneMix.Run(Number(1, 1), (long)Number(2, 24), trace: Console.WriteLine);
                Console.WriteLine(string.Join('\n', traced.Problems));
                return traced.Problems.Count == 0 ? 0 : 1;
            default:
                Console.Error.WriteLine("lane SEEDS [HOURS, 24] [FIRST SEED, 1] | trace SEED [HOURS, 24]");
                return 2;
        }
    }

    private static int Soak(ulong seeds, long hours, ulong first)
    {
        SortedDictionary<string, long> totals = new(StringComparer.Ordinal);
        long failed = 0;
        long faults = 0;
        long restarts = 0;
        long longest = 0;
        Lock gate = new();
        Parallel.For(
            0L,
            (long)seeds,
            i =>
            {
                LaneMixResult result = LaneMix.Run(first + (ulong)i, hours);
                lock (gate)
                {
                    faults += result.Faults;
                    restarts += result.Restarts;
                    longest = Math.Max(longest, result.AgreedMs);
                    foreach ((string what, long count) in result.Counts)
                    {
                        totals[what] = totals.GetValueOrDefault(what) + count;
                    }

                    if (result.Problems.Count > 0)
                    {
                        failed++;
                        Console.WriteLine($"seed {result.Seed} failed; 'trace {result.Seed} {hours}' tells its story:");
                        Console.WriteLine(string.Join('\n', result.Problems.Take(5)));
                    }
                }
            }
        );
        Console.WriteLine(string.Join('\n', totals.Select(t => $"{t.Value, 10}  {t.Key}")));
        Console.WriteLine(
            $"{seeds} seeds of {hours} h, {failed} failed; {faults} faults, {restarts} restarts, agreement after {longest} ms at most"
        );
        return failed == 0 ? 0 : 1;
    }
}
