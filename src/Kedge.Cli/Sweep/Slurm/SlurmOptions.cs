using System.CommandLine;
using System.Text.RegularExpressions;
using Kedge.Cli.Commands;
using Kedge.Model;
using Kedge.Research.Search.Cluster;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>The options of <c>--executor slurm</c>.</summary>
internal sealed partial class SlurmOptions
{
    private const int MostCpus = 4096;
    private const int MostResubmits = 100;

    private readonly Option<string?> _partition = Text("--slurm-partition", "Partition of the cluster", "name");
    private readonly Option<string?> _time = Text("--slurm-time", "Longest time of a task, as Slurm writes it: 2:00:00", "time");
    private readonly Option<int> _cpus = NumberOptions.Whole("--slurm-cpus", "Processors of a task, and its threads", 1);
    private readonly Option<string?> _memory = Text("--slurm-memory", "Memory of a task, e.g. 4g", "size");
    private readonly Option<int> _shards = NumberOptions.Whole(
        "--slurm-shards",
        "Tasks of the array (64, or one a configuration)",
        0
    );
    private readonly Option<int> _resubmits = NumberOptions.Whole(
        "--slurm-resubmits",
        "How often a failed task is submitted again",
        3
    );
    private readonly Option<string?> _onStop = Text("--slurm-on-stop", "What Ctrl-C does to the job: leave or cancel", "word");

    public SlurmOptions(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    private Option[] All => [_partition, _time, _cpus, _memory, _shards, _resubmits, _onStop];

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="slurm">Whether a cluster runs the configurations.</param>
    /// <returns>Null when it does not.</returns>
    /// <exception cref="KedgeException">A value is out of bounds, there is no Slurm to take it (exit 2), or Slurm is missing (exit 4).</exception>
    public SlurmRequest? Read(ParseResult parsed, bool slurm)
    {
        if (!slurm)
        {
            RequireNone(parsed);
            return null;
        }

        string? partition = parsed.GetValue(_partition);
        string? time = parsed.GetValue(_time);
        int cpus = parsed.GetValue(_cpus);
        int shards = parsed.GetValue(_shards);
        int resubmits = parsed.GetValue(_resubmits);
        string onStop = parsed.GetValue(_onStop) ?? "leave";
        Require(partition is null || Names().IsMatch(partition), $"--slurm-partition: '{partition}' is no name of a partition");
        Require(
            time is null || Times().IsMatch(time),
            $"--slurm-time: '{time}' is no time of Slurm; write minutes, 2:00:00 or 1-12:00:00"
        );
        Require(cpus is >= 1 and <= MostCpus, $"--slurm-cpus must be 1 to {MostCpus}, not {cpus}");
        Require(
            !IsGiven(parsed, _shards) || shards is >= 1 and <= ShardSpan.Most,
            $"--slurm-shards must be 1 to {ShardSpan.Most}, not {shards}"
        );
        Require(resubmits is >= 0 and <= MostResubmits, $"--slurm-resubmits must be 0 to {MostResubmits}, not {resubmits}");
        Require(onStop is "leave" or "cancel", $"--slurm-on-stop: '{onStop}' is unknown; one of leave, cancel");
        SlurmPrograms.Require();
        string? memory = parsed.GetValue(_memory);
        long? bytes = memory is null ? null : MemorySize.Parse("--slurm-memory", memory);
        return new SlurmRequest(
            new SlurmLimits(cpus, bytes >> 20, time, partition),
            IsGiven(parsed, _shards) ? shards : null,
            resubmits,
            onStop == "cancel"
        );
    }

    private void RequireNone(ParseResult parsed)
    {
        if (Array.Find(All, o => IsGiven(parsed, o)) is { } given)
        {
            throw KedgeException.Usage($"{given.Name} goes with --executor slurm: give both");
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw KedgeException.Usage(message);
        }
    }

    private static Option<string?> Text(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };

    [GeneratedRegex("^[A-Za-z0-9_.,-]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("^([0-9]+-)?[0-9]+(:[0-9]{1,2}){0,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();
}
