using System.CommandLine;
using System.Text.Json;
using Kedge.Data.Checks;
using Kedge.Data.Import;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge data</c>: fill, list and check candle databases.</summary>
internal static class DataCommand
{
    private const long MaxTimeMs = 253_402_300_799_999;

    public static Command Build()
    {
        Command command = new("data", "Import, fetch, get, list, check and archive candles and funding");
        command.Subcommands.Add(Import());
        command.Subcommands.Add(FetchCommand.Build());
        command.Subcommands.Add(GetCommand.Build());
        command.Subcommands.Add(List());
        command.Subcommands.Add(DataCheckCommand.Build());
        command.Subcommands.Add(ArchiveCommand.Build());
        return command;
    }

    private static Command Import()
    {
        Command command = new("import", "Import CSV files (plain or gzip) of candles or funding into SQLite");
        Argument<string[]> files = new("files") { Description = "CSV files or folders of them", Arity = ArgumentArity.OneOrMore };
        Option<string?> interval = RunOptions.Text("--interval", "Interval of the candles (else from the folder name)");
        Option<string?> database = RunOptions.Text("--db", "Database file (else candles_dbs/candles_<interval>.db)");
        Option<string> kind = new("--kind") { Description = "auto, candles or funding", DefaultValueFactory = _ => "auto" };
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        command.Arguments.Add(files);
        foreach (Option option in new Option[] { interval, database, kind, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            ImportRequest request = new(parsed.GetValue(files)!)
            {
                Interval = IntervalOf(parsed.GetValue(interval)),
                Database = parsed.GetValue(database),
                Kind = KindOf(parsed.GetValue(kind)!),
                UpdatedAtMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            Action<double> line = Terminal.Progress("import", parsed.GetValue(quiet));
            ImportResult result = CsvImport.Run(request, p => line((p.FileNumber - 1.0) / p.Files), Interruption.Token);
            line(1.0);
            foreach (ImportedFile file in result.Files)
            {
                for (int i = 0; i < file.Problems.Count; i++)
                {
                    bool last = i == file.Problems.Count - 1;
                    Terminal.Error(
                        file.Problems[i] + (last ? "; nothing of this file was imported, correct it and import it again" : "")
                    );
                }
            }

            int good = result.Files.Count(f => f.Problems.Count == 0);
            if (good > 0 && !parsed.GetValue(quiet))
            {
                string databases = string.Join(
                    ", ",
                    result.Files.Where(f => f.Problems.Count == 0).Select(f => f.Database).Distinct(StringComparer.Ordinal)
                );
                Terminal.Say(
                    $"{result.Rows} rows from {good} of {result.Files.Count} {(result.Files.Count == 1 ? "file" : "files")} are in {databases}"
                );
            }

            return result.IsComplete ? 0 : 1;
        });
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "List the series of candle databases");
        Argument<string> paths = new("paths")
        {
            Description = "Files and folders, comma separated",
            DefaultValueFactory = _ => "candles_dbs",
        };
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Arguments.Add(paths);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            IReadOnlyList<StoredSeries> series = StoreList.Read(parsed.GetValue(paths)!);
            if (parsed.GetValue(json))
            {
                Json(writer =>
                {
                    writer.WriteStartArray();
                    foreach (StoredSeries s in series)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("symbol", s.Symbol);
                        writer.WriteString("interval", s.Interval);
                        writer.WriteNumber("bars", s.Count);
                        writer.WriteNumber("first_ms", s.FirstMs);
                        writer.WriteNumber("last_ms", s.LastMs);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
                return 0;
            }

            Terminal.ResultText(text =>
            {
                text.WriteLine($"{"symbol", -12} {"interval", -8} {"bars", 10}  {"first (UTC)", -16}  last (UTC)");
                foreach (StoredSeries s in series)
                {
                    text.WriteLine($"{s.Symbol, -12} {s.Interval, -8} {s.Count, 10}  {Show(s.FirstMs), -16}  {Show(s.LastMs)}");
                }
            });
            return 0;
        });
        return command;
    }

    private static ImportKind KindOf(string name) =>
        name switch
        {
            "auto" => ImportKind.Auto,
            "candles" => ImportKind.Candles,
            "funding" => ImportKind.Funding,
            _ => throw KedgeException.Usage($"--kind: '{name}' is not known; one of auto candles funding"),
        };

    internal static Interval? IntervalOf(string? name) =>
        name is null ? null
        : Interval.TryParse(name, out Interval known) ? known
        : throw KedgeException.Usage($"--interval: unknown interval '{name}'; one of {string.Join(' ', Interval.Names)}");

    /// <summary>A stored time, which may be any number.</summary>
    private static string Show(long ms) =>
        ms is >= 0 and <= MaxTimeMs ? Timestamp.Show(ms) : ms.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static void Json(Action<Utf8JsonWriter> write) =>
        Terminal.Result(stream =>
        {
            using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
            write(writer);
        });
}
