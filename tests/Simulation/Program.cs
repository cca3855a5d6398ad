using System.Globalization;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>
/// <c>lane SEEDS [HOURS] [FIRST] [hot]</c> runs seeds of a lane; <c>crashes</c> kills it at every point; <c>bugs [SEEDS] [NAME]</c> looks for planted bugs;
/// <c>--seed N --trace [HOURS] [hot]</c> tells the story of one seed.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        ulong Number(int index, ulong fallback) =>
            args.Length > index ? ulong.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
        int hotEvery = args is [.., "hot"] ? 1 : LaneSoak.HotEvery;
        args = args is [.. var others, "hot"] ? others : args;
        switch (args)
        {
            case ["lane", ..]:
                return LaneSoak.Run(Number(1, 10), (long)Number(2, 24), Number(3, 1), hotEvery, Console.Out) ? 0 : 1;
            case ["crashes", .. var rest]:
                return CrashCommand.Run(rest, Write);
            case ["bugs", ..]:
                return Hunt(args);
            case ["--seed", _, "--trace", ..]:
#if PLANTED_BUGS
                Model.PlantedBugs.Active = args.Length > 4 ? Enum.Parse<PlantedBug>(args[4]) : PlantedBug.None;
#endif
                return Tell(Number(1, 1), (long)Number(3, 24), hotEvery);
            default:
                Console.Error.WriteLine(
                    "lane SEEDS [HOURS, 24] [FIRST SEED, 1] [hot] | bugs [LAST SEED, 300] [NAME,…] [FIRST SEED, 1] | --seed N --trace [HOURS, 24] [hot] | "
                        + CrashCommand.Usage
                );
                return 2;
        }
    }

    private static int Hunt(string[] args)
    {
#if PLANTED_BUGS
        long Number(int index, long fallback) =>
            args.Length > index ? long.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
        return BugHunt.Run(Number(3, 1), Number(1, 300), args.Length > 2 ? args[2] : null, Console.Out);
#else
        Console.Error.WriteLine(
            "No bugs are planted in this build. 'dotnet run --project tests/Simulation -c Release -p:PlantedBugs=true -- "
                + string.Join(' ', args)
                + "' builds one in which they are, in folders of its own, and runs it."
        );
        return 2;
#endif
    }

    private static int Tell(ulong seed, long hours, int hotEvery)
    {
        LaneRunResult result = LaneRun.Run(
            new LaneRunOptions
            {
                Seed = seed,
                Hours = hours,
                HotEvery = hotEvery,
                Trace = Write,
            }
        );
        Console.WriteLine(string.Join('\n', result.Problems));
        return result.Problems.Count == 0 ? 0 : 1;
    }

    private static void Write(SimTraceEntry entry)
    {
        if (LaneStory.Line(entry, LaneScenario.DefaultSymbols) is { } line)
        {
            Console.WriteLine(line);
        }
    }
}
