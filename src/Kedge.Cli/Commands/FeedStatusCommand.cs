using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kedge.Cli.Feed;
using Kedge.Cli.Hosting;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge feed status</c>: how each series stands, and whether a feed is running.</summary>
internal static class FeedStatusCommand
{
    private const int DefaultMaxLagSeconds = 180;

    public static Command Build(string defaultFolder)
    {
        Command command = new("status", "Last bar, lag, holes and source of each series, and whether a feed is running");
        Option<string?> folder = RunOptions.Text("--db-dir", $"Folder of the databases ({defaultFolder})");
        Option<string[]> symbols = new("--symbols") { Description = "Only these symbols", AllowMultipleArgumentsPerToken = true };
        Option<string?> metrics = RunOptions.Text(
            "--metrics",
            "Where the running feed answers, as its own --metrics; it is asked on its socket otherwise"
        );
        Option<string?> socket = RunOptions.Text(
            "--socket",
            $"Socket of the running feed (${FeedSocketPath.Variable}, else {FeedSocketPath.FileName} in the folder)"
        );
        Option<bool> check = RunOptions.Flag("--check", "Exit 1 when a symbol that trades lags by more than a bar and --max-lag");
        Option<int> maxLag = NumberOptions.Whole("--max-lag", "Seconds, for --check", DefaultMaxLagSeconds);
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        foreach (Option option in new Option[] { folder, symbols, metrics, socket, check, maxLag, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            int seconds = parsed.GetValue(maxLag);
            if (seconds < 0)
            {
                throw KedgeException.Usage($"--max-lag must be 0 or more seconds, not {seconds}");
            }

            string from = parsed.GetValue(folder) ?? defaultFolder;
            string[] wanted =
            [
                .. (parsed.GetValue(symbols) ?? []).SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries)),
            ];
            Uri? feed = parsed.GetValue(metrics) is { } address
                ? new Uri($"http://{MetricsEndpoint.Parse(address, "--metrics")}")
                : null;
            IReadOnlyList<FeedStatusRow> rows = FeedStatusReader.Read(
                from,
                wanted,
                feed,
                FeedSocketPath.Resolve(parsed.GetValue(socket), from),
                TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()
            );
            bool? isRunning = FeedLock.IsHeld(from);
            int late = rows.Count(r => r.IsLate(seconds * 1_000L));
            if (parsed.GetValue(json))
            {
                Terminal.Result(stream => Write(stream, rows, isRunning, seconds));
            }
            else
            {
                Terminal.ResultText(text => Write(text, rows, isRunning, seconds));
            }

            return parsed.GetValue(check) && late > 0 ? 1 : 0;
        });
        return command;
    }

    private static void Write(TextWriter text, IReadOnlyList<FeedStatusRow> rows, bool? isRunning, int maxLag)
    {
        bool knowsSource = rows.Any(r => r.Source is not null);
        text.WriteLine(
            "symbol       interval     bars  last bar opens       lag s    lacking" + (knowsSource ? "  source" : "") + "  note"
        );
        foreach (FeedStatusRow r in rows)
        {
            string note =
                !r.IsListed ? "delisted"
                : r.IsLate(maxLag * 1_000L) ? "late"
                : "";
            string source = knowsSource ? $"  {r.Source ?? "-", -6}" : "";
            text.WriteLine(
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{r.Symbol, -12} {r.Interval, -8} {r.Bars, 8}  {Timestamp.Show(r.LastMs), -19} {r.LagMs / 1_000, 6} {r.Lacking, 10}{source}  {note}"
                    )
                    .TrimEnd()
            );
        }

        text.WriteLine(
            isRunning switch
            {
                true => "A feed writes here now.",
                false => "No feed is running.",
                null => "Whether a feed is running cannot be told: the lock belongs to another user.",
            }
        );
    }

    private static void Write(Stream stream, IReadOnlyList<FeedStatusRow> rows, bool? isRunning, int maxLag)
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        if (isRunning is bool running)
        {
            writer.WriteBoolean("running", running);
        }
        else
        {
            writer.WriteNull("running");
        }

        writer.WriteNumber("late", rows.Count(r => r.IsLate(maxLag * 1_000L)));
        writer.WriteStartArray("series");
        foreach (FeedStatusRow r in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", r.Symbol);
            writer.WriteString("interval", r.Interval.Name);
            writer.WriteNumber("bars", r.Bars);
            writer.WriteNumber("first_ms", r.FirstMs);
            writer.WriteNumber("last_ms", r.LastMs);
            writer.WriteNumber("lag_ms", r.LagMs);
            writer.WriteNumber("lacking", r.Lacking);
            writer.WriteNumber("put_aside", r.PutAside);
            writer.WriteBoolean("listed", r.IsListed);
            writer.WriteBoolean("late", r.IsLate(maxLag * 1_000L));
            if (r.Source is { } source)
            {
                writer.WriteString("source", source);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
