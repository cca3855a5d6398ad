using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kedge.Model;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>
/// What lies beside a result file while a cluster works on it, in <c>NAME.slurm</c>: which search it is, the script, a log and a shard for each task.
/// </summary>
internal sealed class SlurmFolder
{
    private const int TailBytes = 2_000;

    private readonly string _path;
    private readonly HashSet<int> _whole = [];

    private SlurmFolder(string path, string identity, int shards)
    {
        _path = path;
        Shards = shards;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(identity + "\n" + path));
        JobName = "kedge-" + Convert.ToHexStringLower(hash)[..16];
    }

    /// <summary>Name of the job: the same for the same search into the same file, and for nothing else.</summary>
    public string JobName { get; }

    /// <summary>Shards of the search.</summary>
    public int Shards { get; }

    /// <summary>The folder.</summary>
    public string Path => _path;

    /// <summary>The script of the job.</summary>
    public string Script => System.IO.Path.Combine(_path, "job.sh");

    /// <summary>Logs as sbatch is told them.</summary>
    public string Logs => System.IO.Path.Combine(_path, "log-%a.txt");

    private string IdPath => System.IO.Path.Combine(_path, "run.id");

    /// <summary>The folder of a result file.</summary>
    public static string PathOf(string output) => System.IO.Path.GetFullPath(output) + ".slurm";

    /// <summary>Opens the folder of a result file; makes it when there is none.</summary>
    /// <param name="output">The result file.</param>
    /// <param name="identity">Identity of the search.</param>
    /// <param name="shards">Shards asked for; null for what is there, else <paramref name="fallback"/>.</param>
    /// <param name="fallback">Shards of a new one.</param>
    /// <param name="resume">Goes on with what is there.</param>
    /// <exception cref="KedgeException">A run is there and was not to be resumed (exit 3), it is of another search (exit 2), or it cannot be written (exit 4).</exception>
    public static SlurmFolder Open(string output, string identity, int? shards, int fallback, bool resume)
    {
        string path = PathOf(output);
        if (File.Exists(ResultFile.PartialOf(output)))
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{ResultFile.PartialOf(output)}: an unfinished local run is there; finish it with --executor cpu --resume, remove the file, or choose another --output"
            );
        }

        if (!Directory.Exists(path))
        {
            return Make(new SlurmFolder(path, identity, shards ?? fallback), identity);
        }

        if (!resume)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{path}: an unfinished run on the cluster is there; go on with --resume, or remove the folder to begin anew"
            );
        }

        string[] there = ReadId(System.IO.Path.Combine(path, "run.id"));
        if (there.Length != 2 || there[0] != identity || !int.TryParse(there[1], CultureInfo.InvariantCulture, out int count))
        {
            throw KedgeException.Usage(
                $"{path}: was begun with another specification, configuration, window, form of rows or other candles; resume with the same, or remove the folder"
            );
        }

        return shards is { } asked && asked != count
            ? throw KedgeException.Usage(
                $"--slurm-shards: the run that is there has {count} shards, not {asked}; leave the option out"
            )
            : new SlurmFolder(path, identity, count);
    }

    /// <summary>Writes the script of the job.</summary>
    public void WriteScript(string text) => AtomicFile.Write(Script, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Looks which shards are there and whole; each is read once.</summary>
    /// <param name="headerOf">Header that the shard of a number must have.</param>
    /// <param name="best">Takes the best row of each shard that is new.</param>
    /// <param name="objective">What rows are ranked by.</param>
    /// <exception cref="KedgeException">One is of another search (exit 3).</exception>
    public IReadOnlySet<int> Whole(Func<int, ShardHeader> headerOf, TopRows best, SweepObjective objective)
    {
        foreach (string path in ShardMerge.FilesIn(_path))
        {
            if (ShardFile.ReadHeader(path) is not { } header || _whole.Contains(header.Span.Number))
            {
                continue;
            }

            if (header != headerOf(header.Span.Number) || System.IO.Path.GetFileName(path) != header.Span.FileName)
            {
                throw new KedgeException(FailureKind.Refused, $"{path}: is of another search; remove it and go on with --resume");
            }

            TopRows own = new(1);
            if (ShardFile.Read(path, (line, _) => own.Add(SweepSummary.Ranked(line, objective))) is null)
            {
                own.Ranked().ToList().ForEach(best.Add);
                _whole.Add(header.Span.Number);
            }
        }

        return _whole;
    }

    /// <summary>The last words of a task; null when it said nothing.</summary>
    public string? LastWords(int shard)
    {
        string log = LogOf(shard);
        if (!File.Exists(log))
        {
            return null;
        }

        using FileStream stream = new(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Max(0, stream.Length - TailBytes);
        using StreamReader reader = new(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(l => !l.StartsWith("note:", StringComparison.Ordinal));
    }

    /// <summary>Log of a task.</summary>
    public string LogOf(int shard) =>
        System.IO.Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"log-{shard}.txt"));

    /// <summary>Removes what was made here; the folder too when nothing else is in it.</summary>
    public void Remove()
    {
        string[] ours = [Script, IdPath];
        foreach (string pattern in new[] { "*.shard", "log-*.txt", ".*.tmp" })
        {
            ours = [.. ours, .. Directory.GetFiles(_path, pattern)];
        }

        Array.ForEach(ours, File.Delete);
        if (!Directory.EnumerateFileSystemEntries(_path).Any())
        {
            Directory.Delete(_path);
        }
    }

    private static SlurmFolder Make(SlurmFolder folder, string identity)
    {
        try
        {
            // Made under its parent only: a result file in a folder that is not there is a mistake here as well.
            if (!Directory.Exists(System.IO.Path.GetDirectoryName(folder._path)))
            {
                throw KedgeException.Environment(
                    $"cannot make '{folder._path}': its folder does not exist; create the folder first"
                );
            }

            Directory.CreateDirectory(folder._path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"cannot make the folder '{folder._path}': {e.Message.TrimEnd('.')}", e);
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"{identity}\n{folder.Shards}\n");
        AtomicFile.Write(folder.IdPath, stream => stream.Write(Encoding.UTF8.GetBytes(id)));
        return folder;
    }

    private static string[] ReadId(string path) =>
        File.Exists(path) ? File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
}
