using System.Globalization;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary><c>crashes</c>: the full set, the list of points, what a survey reaches, or the story of one crash.</summary>
internal static class CrashCommand
{
    public const string Usage =
        "crashes [SEEDS, 20] | crashes --list | crashes --survey SEEDS | crashes --point N --when before|during|after --seed N [--again]";

    public static int Run(string[] args, Action<SimTraceEntry> trace)
    {
        switch (args)
        {
            case ["--list"]:
                foreach (NumberedPoint point in CrashPointTable.All)
                {
                    Console.WriteLine(Line(point));
                }

                return 0;
            case ["--survey", var seeds]:
                CrashSurvey survey = CrashSurvey.Make(0, int.Parse(seeds, CultureInfo.InvariantCulture));
                Console.WriteLine(string.Join('\n', survey.Reached.Select(r => $"{r.Seeds, 5}{r.Times, 9}  {r.Point}")));
                Console.WriteLine(string.Join('\n', survey.Problems));
                return 0;
            case ["--point", var number, "--when", var when, "--seed", var seed, .. var rest]
                when Enum.TryParse(when, ignoreCase: true, out CrashWhen moment):
                return Tell(
                    CrashPointTable.All.First(p => p.Number == int.Parse(number, CultureInfo.InvariantCulture)),
                    moment,
                    ulong.Parse(seed, CultureInfo.InvariantCulture),
                    rest is ["--again"],
                    trace
                );
            case [] or [_]:
                int wanted = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
                return CrashSoak.Full(wanted, Console.Out) ? 0 : 1;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    /// <summary>A point as a line of its page.</summary>
    public static string Line(NumberedPoint point) => $"| {point.Number} | `{point.Id}` | {point.Story} | {point.What} |";

    private static int Tell(NumberedPoint point, CrashWhen when, ulong seed, bool again, Action<SimTraceEntry> trace)
    {
        CrashRunOptions options = new() { Story = point.Story, Seed = seed };
        long count = CrashRun.Run(options).Reached.FirstOrDefault(p => p.Id == point.Id).Count;
        if (count == 0)
        {
            Console.WriteLine($"seed {seed} of {point.Story} does not reach point {point.Number} ({point.Id})");
            return 1;
        }

        PlannedCrash first = CrashPlan.First(point, when, seed, count);
        options = options with { Crashes = [first] };
        if (again)
        {
            options = options with { Crashes = [first, CrashPlan.Second(first, seed, CrashRun.Run(options).Recovery)] };
        }

        CrashRunResult result = CrashRun.Run(options with { Trace = trace });
        Console.WriteLine(string.Join('\n', options.Crashes));
        Console.WriteLine(result.Problems.Count == 0 ? "survived" : string.Join('\n', result.Problems));
        return result.Problems.Count == 0 ? 0 : 1;
    }
}
