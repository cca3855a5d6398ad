using System.Globalization;
using System.Text;
using Kedge.Research.Search.Shards;

namespace Kedge.Research.Search.Cluster;

/// <summary>The script of an array job for Slurm: task I runs shard I. A person can submit it as well: <c>sbatch job.sh</c>.</summary>
public static class SlurmScript
{
    /// <summary>Writes it.</summary>
    /// <param name="limits">What each task is given.</param>
    /// <param name="name">Name of the job.</param>
    /// <param name="shards">Shards of the search.</param>
    /// <param name="folder">Where tasks begin, so that relative paths mean what they meant.</param>
    /// <param name="program">The program and the arguments before its verb.</param>
    /// <param name="arguments">Arguments of <c>sweep shard</c> behind the number of the shard.</param>
    public static string Of(
        SlurmLimits limits,
        string name,
        int shards,
        string folder,
        IReadOnlyList<string> program,
        IReadOnlyList<string> arguments
    )
    {
        ArgumentNullException.ThrowIfNull(limits);
        StringBuilder script = new();
        script.Append("#!/bin/sh\n");
        script.Append(
            "# A search as an array job: task I runs shard I and leaves one file. A task that is run again finds what is there.\n"
        );
        Directive("job-name", name);
        Directive("array", string.Create(CultureInfo.InvariantCulture, $"1-{shards}"));
        script.Append("#SBATCH --requeue\n");
        Directive("cpus-per-task", limits.Cpus.ToString(CultureInfo.InvariantCulture));
        Directive("mem", limits.MemoryMiB is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory}M") : null);
        Directive("time", limits.Time);
        Directive("partition", limits.Partition);
        script.Append("cd ").Append(Quoted(folder)).Append(" || exit 4\n");
        script.Append("exec ").AppendJoin(' ', program.Select(Quoted));
        script.Append(" sweep shard \"$SLURM_ARRAY_TASK_ID/").Append(shards).Append("\" \\\n  ");
        script.AppendJoin(' ', arguments.Select(Quoted)).Append('\n');
        return script.ToString();

        void Directive(string option, string? value) => script.Append(value is null ? "" : $"#SBATCH --{option}={value}\n");
    }

    /// <summary>Numbers of tasks as Slurm writes them: <c>1-3,7</c>.</summary>
    /// <param name="shards">Ascending.</param>
    public static string Array(IReadOnlyList<int> shards) => string.Join(',', ShardMerge.Ranges(shards));

    /// <summary>A word of a shell.</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool plain =
            word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./,=:+%@".Contains(c, StringComparison.Ordinal));
        return plain ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
