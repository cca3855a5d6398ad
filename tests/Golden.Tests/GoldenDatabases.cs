using Kedge.Data.Import;
using Kedge.Model;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>Builds SQLite databases from recorded series in a folder of its own, each once, and removes them at the end.</summary>
public sealed class GoldenDatabases : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kedge-golden-");

    /// <summary>Path of a file in the folder.</summary>
    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Path of the database that the golden arguments call <c>DB/&lt;file&gt;</c>.</summary>
    public string Database(string file)
    {
        string database = PathOf(file);
        if (!File.Exists(database))
        {
            Import(Path.GetFileNameWithoutExtension(file), database);
        }

        return database;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Import(string series, string database)
    {
        string csv = PathOf($"{series}.csv");
        using (TextReader packed = ReferenceData.OpenXz(GoldenSeries.PathOf(series)))
        {
            File.WriteAllText(csv, packed.ReadToEnd());
        }

        Interval? interval = Interval.TryParse(series[(series.IndexOf('_', StringComparison.Ordinal) + 1)..], out Interval i)
            ? i
            : null;
        ImportResult result = CsvImport.Run(new ImportRequest([csv]) { Interval = interval, Database = database });
        Assert.True(result.IsComplete, string.Join(Environment.NewLine, result.Files.SelectMany(f => f.Problems)));
    }
}
