using System.CommandLine;
using System.Text.Json;
using Kedge.Data.Parquet;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge data archive</c>: old candles into monthly Parquet files.</summary>
internal static class ArchiveCommand
{
    private const int DefaultKeepDays = 90;
    private const long DayMs = 86_400_000;

    public static Command Build()
    {
        Command command = new(
            "archive",
            "Copy old candles of a database into monthly Parquet files, which replay reads like databases"
        );
        Argument<string> database = new("database") { Description = "Candle database" };
        Option<string?> interval = RunOptions.Text("--interval", "Only this interval");
        Option<int> keep = NumberOptions.Whole("--keep-days", "Days that stay out of the archive", DefaultKeepDays);
        Option<string?> into = RunOptions.Text("--into", "Folder of the archive (else partitions beside the database)");
        Option<bool> delete = RunOptions.Flag("--delete", "Delete from the database what was archived and read back");
        Option<bool> vacuum = RunOptions.Flag("--vacuum", "With --delete: give the space back to the disk");
        Option<bool> dry = RunOptions.Flag("--dry-run", "Only say what would be archived");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        command.Arguments.Add(database);
        foreach (Option option in new Option[] { interval, keep, into, delete, vacuum, dry, json, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            int days = parsed.GetValue(keep);
            if (days is < 0 or > 36_500)
            {
                throw KedgeException.Usage($"--keep-days must be 0 to 36500, not {days}");
            }

            if (parsed.GetValue(vacuum) && !parsed.GetValue(delete))
            {
                throw KedgeException.Usage("--vacuum frees what --delete leaves behind; give both");
            }

            ArchiveRequest request = new(parsed.GetValue(database)!)
            {
                Interval = DataCommand.IntervalOf(parsed.GetValue(interval)),
                BeforeMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (days * DayMs),
                Into = parsed.GetValue(into),
                Delete = parsed.GetValue(delete),
                Vacuum = parsed.GetValue(vacuum),
                IsDryRun = parsed.GetValue(dry),
            };
            Action<double> line = Terminal.Progress("archive", parsed.GetValue(quiet));
            IReadOnlyList<ArchivedMonth> months = ParquetArchive.Run(request, line, Interruption.Token);
            line(1.0);
            if (parsed.GetValue(json))
            {
                DataCommand.Json(writer => Write(writer, months));
            }
            else
            {
                Tell(request, months);
            }

            return months.Any(month => month.Changed) ? 1 : 0;
        });
        return command;
    }

    private static void Tell(ArchiveRequest request, IReadOnlyList<ArchivedMonth> months) =>
        Terminal.ResultText(text =>
        {
            foreach (ArchivedMonth month in months)
            {
                string what =
                    request.IsDryRun ? "would be archived"
                    : month.Changed ? $"archived, not deleted: they changed meanwhile, run it again"
                    : month.Deleted > 0 ? $"archived and deleted from the database"
                    : "archived";
                text.WriteLine($"{month.File}: {month.Rows} rows {what}");
            }

            if (months.Count == 0)
            {
                text.WriteLine($"{request.Database}: nothing is older than that");
            }
        });

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ArchivedMonth> months)
    {
        writer.WriteStartArray();
        foreach (ArchivedMonth month in months)
        {
            writer.WriteStartObject();
            writer.WriteString("file", month.File);
            writer.WriteString("interval", month.Interval);
            writer.WriteString("month", month.Month);
            writer.WriteNumber("rows", month.Rows);
            writer.WriteNumber("total", month.Total);
            writer.WriteNumber("deleted", month.Deleted);
            writer.WriteBoolean("changed", month.Changed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
