using System.Text;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Research.Search.Results;

/// <summary>
/// The file of a search while it grows: rows go in their order into <c>NAME.partial</c>, whose run stands in <c>NAME.partial.id</c>, and the file
/// takes its name when the last one is there. A run that was killed, stopped or out of disk goes on behind the last whole row.
/// </summary>
public sealed class ResultFile : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly bool _device;

    private ResultFile(string path, FileStream stream, bool device)
    {
        _path = path;
        _stream = stream;
        _device = device;
    }

    /// <summary>Rows that were there when the file was opened.</summary>
    public long Resumed { get; private set; }

    /// <summary>Rows that are in the file.</summary>
    public long Rows { get; private set; }

    /// <summary>Name of the file while it grows.</summary>
    public static string PartialOf(string path) => path + ".partial";

    private static string IdOf(string path) => path + ".partial.id";

    private static string FinishedIdOf(string path) => path + ".id";

    /// <summary>Whether the whole search is in the file already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">See <see cref="RunIdentity"/>.</param>
    public static bool IsFinished(string path, string identity) =>
        File.Exists(path)
        && !File.Exists(PartialOf(path))
        && File.Exists(FinishedIdOf(path))
        && ReadId(FinishedIdOf(path)) == identity;

    /// <summary>Opens the file for rows.</summary>
    /// <param name="path">Its name when it is whole.</param>
    /// <param name="identity">See <see cref="RunIdentity"/>.</param>
    /// <param name="resume">Goes on with what is there.</param>
    /// <param name="row">Told every whole row that is there already.</param>
    /// <exception cref="KedgeException">An unfinished run is there and was not to be resumed (exit 3), it is of another search (exit 2), or the file cannot be written (exit 4).</exception>
    public static ResultFile Open(string path, string identity, bool resume, Action<ResultLine> row)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(row);
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw KedgeException.Environment($"cannot write '{path}': it is a folder; give the name of a file");
        }

        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return new ResultFile(path, Try(path, () => new FileStream(path, FileMode.Open, FileAccess.Write)), device: true);
        }

        string partial = PartialOf(path);
        bool there = File.Exists(partial);
        if (there && !resume)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{partial}: an unfinished run is there; go on with --resume, or remove the file to begin anew"
            );
        }

        if (there && (!File.Exists(IdOf(path)) || ReadId(IdOf(path)) != identity))
        {
            throw KedgeException.Usage(
                $"{partial}: was begun with another specification, configuration, window or other candles; resume with the same, or remove it"
            );
        }

        if (!there)
        {
            Write(IdOf(path), identity);
        }

        ResultFile file = new(
            path,
            Try(path, () => new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1)),
            device: false
        );
        try
        {
            file.ReadBack(row);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends whole rows and hands them to the disk.</summary>
    /// <param name="lines">Lines with their line feeds.</param>
    /// <param name="rows">How many.</param>
    /// <exception cref="KedgeException">The disk is full or fails (exit 4); what was written before is kept.</exception>
    public void Append(ReadOnlySpan<byte> lines, long rows)
    {
        try
        {
            _stream.Write(lines);
            _stream.Flush(flushToDisk: !_device);
            Rows += rows;
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // The second is how the runtime tells that a file has reached the limit of its file system or of the process.
            throw KedgeException.Environment(
                $"cannot write '{PartialOf(_path)}': {e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; its {Rows} rows are kept: free some space and go on with --resume",
                e
            );
        }
    }

    /// <summary>Gives the file its name: all rows are there.</summary>
    public void Finish(string identity)
    {
        if (_device)
        {
            return;
        }

        _stream.Dispose();
        Try(
            _path,
            () =>
            {
                File.Move(PartialOf(_path), _path, overwrite: true);
                return 0;
            }
        );
        Write(FinishedIdOf(_path), identity);
        File.Delete(IdOf(_path));
    }

    /// <summary>Writes a finished file at once, as a run that went through would have left it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">See <see cref="RunIdentity"/>.</param>
    /// <param name="rows">Writes all lines.</param>
    /// <exception cref="KedgeException">An unfinished run of that name is there (exit 3), or the file cannot be written (exit 4); one of its name stays as it was.</exception>
    public static void WriteWhole(string path, string identity, Action<Stream> rows)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (File.Exists(PartialOf(path)))
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{PartialOf(path)}: an unfinished run is there; finish it with 'kedge sweep run --resume', remove the file, or choose another --output"
            );
        }

        AtomicFile.Write(path, rows);
        if (!path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            Write(FinishedIdOf(path), identity);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Reads what is there, row by row, and cuts off a row that was not written whole.</summary>
    private void ReadBack(Action<ResultLine> row)
    {
        long whole = 0;
        byte[] buffer = new byte[1 << 16];
        MemoryStream line = new();
        _stream.Position = 0;
        for (int read = _stream.Read(buffer); read > 0; read = _stream.Read(buffer))
        {
            foreach (byte b in buffer.AsSpan(0, read))
            {
                if (b != LineFeed)
                {
                    line.WriteByte(b);
                    continue;
                }

                ResultLine parsed = ResultLine.Parse(
                    Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length),
                    $"{PartialOf(_path)}:{Rows + 1}"
                );
                if (parsed.Index != Rows)
                {
                    throw KedgeException.Usage(
                        $"{PartialOf(_path)}:{Rows + 1}: holds {parsed.ConfigId}, which does not follow; remove the file and begin anew"
                    );
                }

                row(parsed);
                Rows++;
                whole += line.Length + 1;
                line.SetLength(0);
            }
        }

        Resumed = Rows;
        _stream.SetLength(whole);
        _stream.Position = whole;
    }

    private static string ReadId(string path) => Try(path, () => File.ReadAllText(path).Trim());

    private static void Write(string path, string identity) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(identity + "\n")));

    private static T Try<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (DirectoryNotFoundException e)
        {
            throw KedgeException.Environment($"cannot write '{path}': its folder does not exist; create the folder first", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"cannot write '{path}': {e.Message.TrimEnd('.')}", e);
        }
    }
}
