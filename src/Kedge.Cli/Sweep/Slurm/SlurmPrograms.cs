using System.ComponentModel;
using System.Diagnostics;
using Kedge.Model;
using Kedge.Research.Search.Cluster;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>Slurm's own programs: submit, look, cancel. A job is found by its name, so that nothing about it has to be remembered.</summary>
/// <param name="name">Name of the job, which nobody else has.</param>
internal sealed class SlurmPrograms(string name)
{
    private const int LimitMs = 60_000;

    /// <summary>Sees that Slurm is there.</summary>
    /// <exception cref="KedgeException">It is not (exit 4).</exception>
    public static void Require()
    {
        foreach (string program in new[] { "sbatch", "squeue", "scancel" })
        {
            if (!IsOnPath(program))
            {
                throw KedgeException.Environment(
                    $"--executor slurm: '{program}' was not found; run this where Slurm's programs are (Debian package slurm-client), or use --executor cpu"
                );
            }
        }
    }

    /// <summary>Submits tasks.</summary>
    /// <param name="script">The script of the job.</param>
    /// <param name="logs">Where tasks write what they say, with <c>%a</c> for their number.</param>
    /// <param name="shards">Numbers of the tasks.</param>
    /// <returns>Id of the job.</returns>
    /// <exception cref="KedgeException">Slurm refuses (exit 4).</exception>
    public static string Submit(string script, string logs, IReadOnlyList<int> shards)
    {
        (int code, string output, string error) = Run(
            "sbatch",
            "--parsable",
            "--array=" + SlurmScript.Array(shards),
            "--output=" + logs,
            "--open-mode=append",
            script
        );
        return code == 0
            ? output.Trim().Split(';')[0]
            : throw KedgeException.Environment(
                $"sbatch does not take the job: {OneLine(error)}; look at {script} and at the cluster ('sinfo', 'scontrol show config'), then go on with --resume"
            );
    }

    /// <summary>Looks at the tasks that are waiting, running or ending.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <returns>Null, or why the queue cannot be read.</returns>
    public string? Look(out IReadOnlyList<ArrayTask> tasks)
    {
        tasks = [];
        (int code, string output, string error) = Run(
            "squeue",
            "--noheader",
            "--array",
            "--me",
            "--name=" + name,
            "--format=" + SlurmQueue.Format
        );
        if (code != 0)
        {
            return OneLine(error);
        }

        try
        {
            tasks = SlurmQueue.Parse(output);
            return null;
        }
        catch (FormatException e)
        {
            return $"squeue: {e.Message}";
        }
    }

    /// <summary>Cancels all tasks of the job.</summary>
    /// <returns>Null, or why not.</returns>
    public string? Cancel()
    {
        (int code, _, string error) = Run("scancel", "--name=" + name);
        return code == 0 ? null : OneLine(error);
    }

    private static (int Code, string Output, string Error) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(LimitMs))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"{program} did not answer within {LimitMs / 1000} s");
            }

            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            return (-1, "", $"{program} cannot be started: {e.Message}");
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string OneLine(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "it says nothing" : string.Join(", ", lines.TakeLast(3));
    }
}
