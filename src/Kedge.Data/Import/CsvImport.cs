using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Import;

/// <summary>
/// CSV → SQLite. A file is written in one transaction: all of it, or nothing when one line of it is bad or the process dies. Importing a file
/// again changes nothing but <c>updated_at</c>.
/// </summary>
public static class CsvImport
{
    private const long ProgressRows = 100_000;

    /// <summary>Imports every file; bad files are reported in the result and do not keep the others from being written.</summary>
    /// <param name="request">What and where to.</param>
    /// <param name="progress">Called on the importing thread; may be null.</param>
    /// <param name="cancellation">Stops between lines; the file being read is not written.</param>
    /// <exception cref="KedgeException">Nothing to import or no interval known (exit 2), or something cannot be read or written (exit 4).</exception>
    public static ImportResult Run(
        ImportRequest request,
        Action<ImportProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        List<string> files = Files(request.Sources);
        List<ImportedFile> done = [];
        for (int i = 0; i < files.Count; i++)
        {
            string file = files[i];
            int number = i + 1;
            void Tell(long rows) => progress?.Invoke(new ImportProgress(file, number, files.Count, rows));
            try
            {
                done.Add(ImportFile(file, request, Tell, cancellation));
            }
            catch (KedgeException e) when (e.Kind == FailureKind.CheckFailed)
            {
                done.Add(new ImportedFile(file, "", 0, [e.Message]));
            }
        }

        return new ImportResult(done);
    }

    private static ImportedFile ImportFile(string file, ImportRequest request, Action<long> tell, CancellationToken cancellation)
    {
        using CsvFile csv = CsvFile.Open(file);
        bool candles = csv.Format.IsCandles();
        if (request.Kind != ImportKind.Auto && (request.Kind == ImportKind.Candles) != candles)
        {
            throw new KedgeException(
                FailureKind.CheckFailed,
                $"{file}:1: holds {(candles ? "candles" : "funding rates")}, asked for the other"
            );
        }

        Interval interval = candles ? request.Interval ?? IntervalOf(file) : Interval.OneHour;
        string database =
            request.Database ?? Path.Combine(request.Folder, candles ? $"candles_{interval}.db" : "funding_rates.db");
        bool existed = File.Exists(database);
        string? folder = Path.GetDirectoryName(Path.GetFullPath(database));
        bool folderExisted = folder is null || Directory.Exists(folder);
        long rows = 0;
        bool written = false;
        try
        {
            using RowWriter writer = new(database, request.UpdatedAtMs);
            writer.Begin();
            try
            {
                if (candles)
                {
                    writer.CreateCandles();
                }
                else
                {
                    writer.CreateFunding();
                }

                rows = Copy(csv, writer, interval, tell, cancellation);
                if (!csv.HasProblems && rows > 0)
                {
                    writer.Commit();
                    written = true;
                }
            }
            finally
            {
                if (!written)
                {
                    TryRollback(writer);
                }
            }
        }
        finally
        {
            if (!written)
            {
                CleanUp(database, existed);
            }

            if (!written && !folderExisted)
            {
                DeleteFolder(folder!);
            }
        }

        tell(rows);
        IReadOnlyList<string> problems = csv.HasProblems || rows > 0 ? csv.Problems : [$"{file}:2: holds no rows"];
        return new ImportedFile(file, database, written ? rows : 0, problems);
    }

    private static long Copy(CsvFile csv, RowWriter writer, Interval interval, Action<long> tell, CancellationToken cancellation)
    {
        bool candles = csv.Format.IsCandles();
        long rows = 0;
        while (csv.Read())
        {
            // Once a line is bad the file is only read on to find the other bad lines.
            if (!csv.HasProblems)
            {
                if (candles)
                {
                    writer.Put(csv.Symbol, interval, csv.Row);
                }
                else
                {
                    writer.PutFunding(csv.Symbol, csv.Row.OpenTimeMs, csv.Row.Close);
                }
            }

            if (++rows % ProgressRows == 0)
            {
                tell(rows);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return rows;
    }

    private static void TryRollback(RowWriter writer)
    {
        try
        {
            writer.Rollback();
        }
        catch (KedgeException)
        {
            // SQLite has rolled back by itself (a full disk), or will when the file is next opened; the first failure is the one to tell.
        }
    }

    /// <summary>
    /// Removes a database that this import made and never committed to. One that was there is opened once: after a full disk SQLite rolls back,
    /// and gives the space back, only then.
    /// </summary>
    private static void CleanUp(string database, bool existed)
    {
        try
        {
            if (existed)
            {
                SqliteDatabase.OpenReadOnly(database).Dispose();
                return;
            }

            File.Delete(database);
            File.Delete(database + "-journal");
        }
        catch (Exception e) when (e is KedgeException or IOException or UnauthorizedAccessException)
        {
            // What led here is told; the next one to open the database rolls it back, and an empty one does no harm.
        }
    }

    private static void DeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else put something there, or it was never made.
        }
    }

    private static Interval IntervalOf(string file)
    {
        string full = Path.GetFullPath(file);
        if (Interval.TryParse(Path.GetFileName(Path.GetDirectoryName(full)), out Interval interval))
        {
            return interval;
        }

        foreach (string part in Path.GetFileName(full).Split('_', '-', '.').Reverse())
        {
            if (Interval.TryParse(part, out interval))
            {
                return interval;
            }
        }

        throw KedgeException.Usage(
            $"{file}: neither its folder nor its name tells the interval; give --interval, one of {string.Join(' ', Interval.Names)}"
        );
    }

    private static List<string> Files(IReadOnlyList<string> sources)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string source in sources)
        {
            if (Directory.Exists(source))
            {
                string[] found = [.. Directory.GetFiles(source).Where(IsCsv).Order(StringComparer.Ordinal)];
                if (found.Length == 0)
                {
                    throw KedgeException.Environment($"{source}: no *.csv or *.csv.gz in this folder");
                }

                files.AddRange(found.Where(f => seen.Add(Path.GetFullPath(f))));
            }
            else if (!File.Exists(source))
            {
                throw KedgeException.Environment($"{source}: no such file or folder; check the path");
            }
            else if (seen.Add(Path.GetFullPath(source)))
            {
                files.Add(source);
            }
        }

        return files.Count > 0 ? files : throw KedgeException.Usage("nothing to import; name CSV files or folders");
    }

    private static bool IsCsv(string file) =>
        file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
}
