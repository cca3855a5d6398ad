using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Model;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>The command line of a task, from the command line of the run.</summary>
internal static class SlurmTask
{
    // What the run keeps to itself; the rest says what to run on and holds for each task.
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--executor",
        "--output",
        "--top-n",
        "--objective",
        "--threads",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "--resume", "--json", "--quiet", "--debug" };

    /// <summary>Arguments of <c>kedge sweep shard</c> behind the number of the shard.</summary>
    /// <param name="tokens">What was typed.</param>
    /// <param name="folder">Where shards go.</param>
    /// <param name="threads">Threads of a task.</param>
    /// <param name="memory">Bound of memory of a task, MiB, where none was typed; null for a quarter of its machine.</param>
    /// <exception cref="KedgeException">An option means nothing to a task (exit 2).</exception>
    public static IReadOnlyList<string> Arguments(IEnumerable<string> tokens, string folder, int threads, long? memory)
    {
        List<string> arguments = [];
        bool skip = false;
        foreach (string token in tokens.SkipWhile(t => t is "sweep" or "run"))
        {
            string name = token.Split('=', 2)[0];
            if (skip)
            {
                skip = false;
            }
            else if (Valued.Contains(name) || name.StartsWith("--slurm-", StringComparison.Ordinal))
            {
                skip = name == token;
            }
            else if (!Flags.Contains(token))
            {
                arguments.Add(token);
            }
        }

        arguments.AddRange(["--folder", folder, "--threads", $"{threads}", "--quiet"]);
        if (memory is { } bound && !arguments.Exists(a => a.Split('=', 2)[0] == "--memory"))
        {
            arguments.AddRange(["--memory", $"{bound}m"]);
        }

        ParseResult read = SweepShardCommand
            .Build()
            .Parse(
                ["1/1", .. arguments],
                new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }
            );
        return read.Errors.Count == 0
            ? arguments
            : throw KedgeException.Usage(
                $"--executor slurm cannot be combined with all of these options: {read.Errors[0].Message}"
            );
    }

    /// <summary>How this program is started: the command, or the runtime and the assembly.</summary>
    public static IReadOnlyList<string> Program()
    {
        string process = Environment.ProcessPath ?? "kedge";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "kedge.dll")]
            : [process];
    }
}
