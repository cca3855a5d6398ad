using System.CommandLine;
using Kedge.Data.Generated;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge demo</c>: a generated market, one replay of the sample configuration, its summary and tear sheet.</summary>
internal static class DemoCommand
{
    private const string SampleResource = "Kedge.Cli.sample.yaml";
    private const ulong DefaultSeed = 20_261_120;

    public static Command Build()
    {
        Command command = new("demo", "Generate a market, replay the sample configuration on it, and show the result");
        Option<string> folder = new("--folder")
        {
            Description = "Where data and reports go",
            DefaultValueFactory = _ => "kedge-demo",
        };
        Option<ulong> seed = NumberOptions.Whole("--seed", "Seed of the market", DefaultSeed);
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress and no summary");
        command.Options.Add(folder);
        command.Options.Add(seed);
        command.Options.Add(quiet);
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.GetValue(quiet)));
        return command;
    }

    private static int Run(string folder, ulong seed, bool quiet)
    {
        MakeFolder(folder);
        string config = Path.Combine(folder, "strategy_overrides.yaml");
        if (!File.Exists(config))
        {
            AtomicFile.Write(config, WriteSample);
        }

        Action<string> say = quiet ? _ => { } : Terminal.Say;
        say($"Generating 30 symbols, one year of hours (seed {seed}) ...");
        string candles = MarketFiles.Write(MarketGenerator.Generate(new MarketSpec { Seed = seed }), folder, Interruption.Token);
        string funding = Path.Combine(folder, "funding_rates.db");
        string[] arguments = ["replay", "--config", config, "--candles-db", candles, "--interval", "1h", "--funding-db", funding];
        ReplayRequest request = new()
        {
            ConfigPath = config,
            CandlesDb = candles,
            Interval = "1h",
            FundingDb = funding,
            Command = CommandText.Of(arguments),
            Version = About.Version,
        };
        ReplayOutputs outputs = new()
        {
            Json = Path.Combine(folder, "report.json"),
            Html = Path.Combine(folder, "report.html"),
            Trades = Path.Combine(folder, "trades.csv"),
            Summary = !quiet,
            Options = new ReportJsonOptions { EquityCurve = true },
        };
        using ReplaySetup setup = ReplaySetup.Open(request, Interruption.Token);
        ReplayResult result = ReplayRunner.Run(setup, Terminal.Progress("replay", quiet));
        outputs.Write(result);
        say("");
        say($"Tear sheet : {Path.GetFullPath(outputs.Html!)}");
        say($"Run again  : {request.Command}");
        say($"Explain    : kedge explain {Example(result)} --config {config} --candles-db {candles} --funding-db {funding}");
        return 0;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            if (folder.Length == 0)
            {
                throw KedgeException.Usage("--folder is empty; name a folder, e.g. kedge-demo");
            }

            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = File.Exists(folder) ? "a file has that name" : e.Message.TrimEnd('.');
            throw KedgeException.Environment($"cannot make the folder '{folder}': {cause}; choose another with --folder", e);
        }
    }

    /// <summary>A symbol and moment worth explaining: the last entry.</summary>
    private static string Example(ReplayResult result)
    {
        for (int i = result.Bookings.Count - 1; i >= 0; i--)
        {
            if (result.Bookings[i].Action == Kernel.OrderAction.Open)
            {
                return $"{result.Symbols[result.Bookings[i].Symbol]} --at {result.Bookings[i].TimeMs}";
            }
        }

        return $"{result.Symbols[0]} --at {result.Run.ToMs}";
    }

    private static void WriteSample(Stream stream)
    {
        using Stream sample =
            typeof(DemoCommand).Assembly.GetManifestResourceStream(SampleResource)
            ?? throw new InvalidOperationException($"resource {SampleResource} is missing from the program");
        sample.CopyTo(stream);
    }
}
