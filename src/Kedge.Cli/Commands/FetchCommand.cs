using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kedge.Cli.Fetch;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge data fetch</c>: candles and funding from a venue's public API, with resume.</summary>
internal static class FetchCommand
{
    /// <summary>A smaller part of 1,200 a minute does not cover the dearest single question.</summary>
    private const double MinShare = 0.1;

    public static Command Build()
    {
        Command command = new("fetch", "Fetch candles and funding from a venue; running it again goes on where it stopped");
        Option<string> venue = new("--venue") { Description = "hyperliquid", DefaultValueFactory = _ => "hyperliquid" };
        Option<string[]> symbols = new("--symbols") { Description = "Symbols (all)", AllowMultipleArgumentsPerToken = true };
        Option<string?> interval = RunOptions.Text("--interval", "Interval of the candles (1h)");
        Option<string?> from = RunOptions.Text("--from", "First moment (all that the venue keeps)");
        Option<string?> to = RunOptions.Text("--to", "Before this moment (now)");
        Option<string?> url = RunOptions.Text("--url", "mainnet, testnet, or an address such as http://127.0.0.1:3001 (mainnet)");
        Option<string?> into = RunOptions.Text("--into", "Folder of the databases (candles_dbs)");
        Option<bool> funding = RunOptions.Flag("--funding", "Fetch funding rates too");
        Option<double?> share = NumberOptions.Decimal(
            "--weight-share",
            "Part of the venue's request limit to use (else venue.weight_share, 0.5)"
        );
        Option<string?> config = RunOptions.Text("--config", "Configuration file whose venue.weight_share is used");
        Option<bool> json = RunOptions.Flag("--json", "JSON summary on standard output");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress, no summary");
        foreach (
            Option option in new Option[] { venue, symbols, interval, from, to, url, into, funding, share, config, json, quiet }
        )
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            FetchRequest request = new(
                NetworkOf(parsed.GetValue(venue)!, parsed.GetValue(url) ?? "mainnet"),
                [.. (parsed.GetValue(symbols) ?? []).SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries))],
                IntervalOf(parsed.GetValue(interval) ?? "1h"),
                parsed.GetValue(from) is { } first ? Timestamp.Parse(first, "--from") : null,
                parsed.GetValue(to) is { } last ? Timestamp.Parse(last, "--to") : null,
                parsed.GetValue(into) ?? "candles_dbs",
                parsed.GetValue(funding),
                Share(parsed.GetValue(share), parsed.GetValue(config))
            );
            return Run(request, parsed.GetValue(json), parsed.GetValue(quiet));
        });
        return command;
    }

    private static int Run(FetchRequest request, bool json, bool quiet)
    {
        Action<double> progress = Terminal.Progress("fetch", quiet);
        IReadOnlyList<FetchedSeries> series = CandleFetch.RunAsync(request, progress).GetAwaiter().GetResult();
        if (json)
        {
            Terminal.Result(stream => Write(stream, request, series));
        }

        if (!quiet)
        {
            Terminal.Say(
                $"{series.Sum(s => s.Bars)} candles of {series.Count} symbols were added to {CandleFetch.Database(request)}"
                    + (
                        request.Funding
                            ? $", {series.Sum(s => s.FundingRates)} rates to {CandleFetch.FundingDatabase(request)}"
                            : ""
                    )
            );
            FetchedSeries[] late =
            [
                .. series.Where(s =>
                    request.FromMs is { } from && s.Stored is { } stored && stored.FirstMs >= from + request.Interval.Ms
                ),
            ];
            if (late.Length > 0)
            {
                Terminal.Say(
                    $"{late.Length} symbols begin later than --from: the venue keeps the newest {CandleFetch.KeptBars} candles of an interval, or they were listed later"
                );
            }
        }

        return 0;
    }

    private static void Write(Stream stream, FetchRequest request, IReadOnlyList<FetchedSeries> series)
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("venue", "hyperliquid");
        writer.WriteString("network", request.Network.Name);
        writer.WriteString("interval", request.Interval.Name);
        writer.WriteString("database", CandleFetch.Database(request));
        if (request.Funding)
        {
            writer.WriteString("funding_database", CandleFetch.FundingDatabase(request));
        }

        writer.WriteStartArray("series");
        foreach (FetchedSeries s in series)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", s.Symbol);
            writer.WriteNumber("bars_added", s.Bars);
            if (s.Stored is { } stored)
            {
                writer.WriteNumber("first_ms", stored.FirstMs);
                writer.WriteNumber("last_ms", stored.LastMs);
            }

            if (request.Funding)
            {
                writer.WriteNumber("funding_rates_added", s.FundingRates);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static NetworkEndpoint NetworkOf(string venue, string url)
    {
        if (venue != "hyperliquid")
        {
            throw KedgeException.Usage($"--venue: '{venue}' is not known; only hyperliquid is");
        }

        return NetworkEndpoint.TryParse(url, isMainnet: false, out NetworkEndpoint? network)
            ? network
            : throw KedgeException.Usage(
                $"--url: '{url}' is neither mainnet, testnet nor an address such as http://127.0.0.1:3001"
            );
    }

    private static double Share(double? share, string? config)
    {
        StrategyConfiguration configuration = config is null
            ? ConfigurationLoader.Defaults()
            : ConfigurationLoader.Load(config, new ConfigurationOptions());
        double wanted = share ?? configuration.Settings.VenueWeightShare;
        return wanted is >= MinShare and <= 1.0
            ? wanted
            : throw KedgeException.Usage(
                string.Create(CultureInfo.InvariantCulture, $"--weight-share must be {MinShare} to 1, not {wanted}")
            );
    }

    private static Interval IntervalOf(string name) =>
        Interval.TryParse(name, out Interval known)
            ? known
            : throw KedgeException.Usage($"--interval: unknown interval '{name}'; one of {string.Join(' ', Interval.Names)}");
}
