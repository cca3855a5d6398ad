using System.CommandLine;
using System.Text.Json;
using Kedge.Cli.Fetch;
using Kedge.Data.Checks;
using Kedge.Data.Checks.Repair;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge data check</c>: what is wrong with candle databases, and mending it from the venue.</summary>
internal static class DataCheckCommand
{
    private const double WeightShare = 0.5;

    public static Command Build()
    {
        Command command = new("check", "Look for gaps, duplicates and bars that cannot be right, and repair them");
        Argument<string> paths = new("paths")
        {
            Description = "Files and folders, comma separated",
            DefaultValueFactory = _ => "candles_dbs",
        };
        Option<string?> interval = RunOptions.Text("--interval", "Only this interval");
        Option<int> runs = NumberOptions.Whole(
            "--zero-volume-bars",
            "Bars in a row without volume that are worth a note",
            StoreCheck.DefaultZeroVolumeBars
        );
        Option<bool> repair = RunOptions.Flag(
            "--repair",
            "Ask the venue for what lacks or cannot be right; put aside what cannot be right"
        );
        Option<bool> dry = RunOptions.Flag("--dry-run", "With --repair: only say what would be repaired");
        Option<string?> url = RunOptions.Text("--url", "With --repair: mainnet, testnet, or an address (mainnet)");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Arguments.Add(paths);
        foreach (Option option in new Option[] { interval, runs, repair, dry, url, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            int length = parsed.GetValue(runs);
            if (length < 1)
            {
                throw KedgeException.Usage($"--zero-volume-bars must be 1 or more, not {length}");
            }

            if (!parsed.GetValue(repair) && (parsed.GetValue(dry) || parsed.GetValue(url) is not null))
            {
                throw KedgeException.Usage("--dry-run and --url belong to --repair; give it too");
            }

            string where = parsed.GetValue(paths)!;
            Interval? only = DataCommand.IntervalOf(parsed.GetValue(interval));
            IReadOnlyList<(string File, SeriesDamage Damage, RepairCount Done)>? repaired = null;
            if (parsed.GetValue(repair) && !parsed.GetValue(dry))
            {
                repaired = CandleRepair
                    .RunAsync(where, only, NetworkOf(parsed.GetValue(url)), WeightShare, Terminal.Progress("repair", false))
                    .GetAwaiter()
                    .GetResult();
            }

            CheckReport report = StoreCheck.Run(where, only, length);
            IReadOnlyList<(string File, SeriesDamage Damage)> planned = parsed.GetValue(dry)
                ? CandleRepair.Examine(where, only)
                : [];
            if (parsed.GetValue(json))
            {
                DataCommand.Json(writer => Write(writer, report, repaired, parsed.GetValue(dry) ? planned : null));
            }
            else
            {
                Terminal.ResultText(text => Write(text, report, repaired ?? [], planned));
            }

            return report.IsGood ? 0 : 1;
        });
        return command;
    }

    private static NetworkEndpoint NetworkOf(string? url) =>
        NetworkEndpoint.TryParse(url ?? "mainnet", isMainnet: false, out NetworkEndpoint? network)
            ? network
            : throw KedgeException.Usage(
                $"--url: '{url}' is neither mainnet, testnet nor an address such as http://127.0.0.1:3001"
            );

    private static void Write(
        TextWriter text,
        CheckReport report,
        IReadOnlyList<(string File, SeriesDamage Damage, RepairCount Done)> repaired,
        IReadOnlyList<(string File, SeriesDamage Damage)> planned
    )
    {
        foreach ((string file, SeriesDamage damage, RepairCount done) in repaired)
        {
            text.WriteLine(
                $"fixed {file}: {damage.Symbol} {damage.Interval}: {done.Filled} of {damage.MissingBars} missing bars fetched, "
                    + $"{done.PutAside} of {damage.Bad.Count} bad rows put aside and {done.Replaced} replaced, {done.CloseTimes} close times corrected"
            );
        }

        foreach ((string file, SeriesDamage damage) in planned)
        {
            text.WriteLine(
                $"would {file}: {damage.Symbol} {damage.Interval}: ask for {damage.MissingBars} missing bars and {damage.Bad.Count} in place of bad rows, "
                    + $"correct {damage.CloseTimes} close times"
            );
        }

        foreach (CheckFinding finding in report.Findings)
        {
            text.WriteLine($"{(finding.IsWrong ? "WRONG" : "note ")} {finding.Text}");
        }

        int wrong = report.Findings.Count(f => f.IsWrong);
        string verdict =
            wrong == 0 ? "nothing wrong"
            : wrong == 1 ? "1 finding"
            : $"{wrong} findings";
        text.WriteLine($"{report.Series} series, {report.Bars} bars: {verdict}");
    }

    private static void Write(
        Utf8JsonWriter writer,
        CheckReport report,
        IReadOnlyList<(string File, SeriesDamage Damage, RepairCount Done)>? repaired,
        IReadOnlyList<(string File, SeriesDamage Damage)>? planned
    )
    {
        writer.WriteStartObject();
        writer.WriteBoolean("good", report.IsGood);
        writer.WriteNumber("series", report.Series);
        writer.WriteNumber("bars", report.Bars);
        writer.WriteStartArray("findings");
        foreach (CheckFinding finding in report.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", finding.Kind.ToString());
            writer.WriteBoolean("wrong", finding.IsWrong);
            writer.WriteString("symbol", finding.Symbol);
            writer.WriteString("interval", finding.Interval);
            writer.WriteNumber("count", finding.Count);
            writer.WriteNumber("first_ms", finding.FirstMs);
            writer.WriteString("text", finding.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (repaired is not null)
        {
            writer.WriteStartArray("repaired");
            foreach ((string file, SeriesDamage damage, RepairCount done) in repaired)
            {
                Begin(writer, file, damage);
                writer.WriteNumber("filled", done.Filled);
                writer.WriteNumber("put_aside", done.PutAside);
                writer.WriteNumber("replaced", done.Replaced);
                writer.WriteNumber("close_times_corrected", done.CloseTimes);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (planned is not null)
        {
            writer.WriteStartArray("would_repair");
            foreach ((string file, SeriesDamage damage) in planned)
            {
                Begin(writer, file, damage);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, string file, SeriesDamage damage)
    {
        writer.WriteStartObject();
        writer.WriteString("file", file);
        writer.WriteString("symbol", damage.Symbol);
        writer.WriteString("interval", damage.Interval.Name);
        writer.WriteNumber("missing", damage.MissingBars);
        writer.WriteNumber("bad", damage.Bad.Count);
        writer.WriteNumber("close_times", damage.CloseTimes);
    }
}
