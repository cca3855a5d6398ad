using System.CommandLine;
using System.Globalization;
using System.Net;
using Kedge.Cli.Exchange;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge exchange</c>: a simulated Hyperliquid on this machine, with faults on request.</summary>
internal static class ExchangeCommand
{
    private const ulong DefaultSeed = 20_261_120;
    private const int MaxPort = 65_535;
    private const double MaxSpeed = 100_000.0;

    public static Command Build()
    {
        Command command = new("exchange", "Run a simulated Hyperliquid on this machine; alone it runs with defaults");
        Command run = Run();
        command.Subcommands.Add(run);
        command.Subcommands.Add(ExchangeAccountCommand.Build());
        command.Subcommands.Add(ExchangeFaultsCommand.Build());
        command.SetAction(_ => run.Parse([]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        return command;
    }

    private static Command Run()
    {
        Command command = new("run", "Run the exchange until Ctrl-C");
        Option<int> port = NumberOptions.Whole("--port", "Port of /info, /exchange and /ws; 0 for any that is free", 3_001);
        Option<int> admin = NumberOptions.Whole(
            "--admin-port",
            "Port of the operator, on loopback; 0 for any that is free",
            3_002
        );
        Option<string?> listen = RunOptions.Text("--listen", "Address to listen on (127.0.0.1)");
        Option<string?> bars = RunOptions.Text("--bars", "Candle databases to play: files and folders, comma separated");
        Option<ulong> generated = NumberOptions.Whole(
            "--generated",
            "Seed of the generated market that is played without --bars",
            DefaultSeed
        );
        Option<string[]> symbols = new("--symbols")
        {
            Description = "Symbols to trade (all)",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> instruments = RunOptions.Text("--instruments", "Instrument metadata: lots and leverage tiers");
        Option<string?> interval = RunOptions.Text("--interval", "Interval of the bars (1m)");
        Option<string?> speed = RunOptions.Text("--speed", "Venue seconds in a second, or max (1)");
        Option<string?> latency = RunOptions.Text("--latency", "Milliseconds on the wire each way, for example 20..60 (0)");
        Option<ulong> seed = NumberOptions.Whole("--seed", "Seed of latency", 1UL);
        Option<string?> faults = RunOptions.Text("--faults", "Fault plan, YAML");
        Option<string?> network = RunOptions.Text("--network", "Signatures that are taken: mainnet, testnet, either (either)");
        Option<string?> state = RunOptions.Text("--state", "File to go on from, and to save to at the end");
        Option<string?> log = RunOptions.Text("--log", "File for refused requests and injected faults, JSON lines");
        Option<string[]> accounts = new("--account")
        {
            Description = "Address of an account to open with funds (repeatable)",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<long> usd = NumberOptions.Whole("--usd", "Funds of each --account, whole USD", 100_000L);
        Option<bool> json = RunOptions.Flag("--json", "One line of JSON on standard output when it is ready");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No status line");
        foreach (
            Option option in new Option[]
            {
                port,
                admin,
                listen,
                bars,
                generated,
                symbols,
                instruments,
                interval,
                speed,
                latency,
                seed,
                faults,
                network,
                state,
                log,
                accounts,
                usd,
                json,
                quiet,
            }
        )
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
            ExchangeRunner.Run(
                new ExchangeRun
                {
                    Source = new ExchangeSource(
                        parsed.GetValue(bars),
                        parsed.GetValue(generated),
                        [
                            .. (parsed.GetValue(symbols) ?? []).SelectMany(s =>
                                s.Split(',', StringSplitOptions.RemoveEmptyEntries)
                            ),
                        ],
                        IntervalOf(parsed.GetValue(interval) ?? "1m"),
                        parsed.GetValue(instruments)
                    ),
                    Port = Port("--port", parsed.GetValue(port)),
                    AdminPort = Port("--admin-port", parsed.GetValue(admin)),
                    Listen = AddressOf(parsed.GetValue(listen)),
                    Speed = SpeedOf(parsed.GetValue(speed) ?? "1"),
                    Latency = LatencyOf(parsed.GetValue(latency) ?? "0", parsed.GetValue(seed)),
                    Network = NetworkOf(parsed.GetValue(network) ?? "either"),
                    Accounts = [.. (parsed.GetValue(accounts) ?? []).Select(AccountOf)],
                    Usd = Usd(parsed.GetValue(usd)),
                    Faults = parsed.GetValue(faults),
                    State = parsed.GetValue(state),
                    Log = parsed.GetValue(log),
                },
                parsed.GetValue(json),
                parsed.GetValue(quiet)
            )
        );
        return command;
    }

    private static int Port(string name, int port) =>
        port is >= 0 and <= MaxPort ? port : throw KedgeException.Usage($"{name} must be 0 to {MaxPort}, not {port}");

    private static long Usd(long usd) =>
        usd is >= 0 and <= VenueOperatorDesk.UsdMax
            ? usd
            : throw KedgeException.Usage($"--usd must be 0 to {VenueOperatorDesk.UsdMax}, not {usd}");

    private static IPAddress AddressOf(string? text) =>
        text is null ? IPAddress.Loopback
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw KedgeException.Usage($"--listen: '{text}' is no address; give one such as 127.0.0.1");

    private static Interval IntervalOf(string name) =>
        Interval.TryParse(name, out Interval known)
            ? known
            : throw KedgeException.Usage($"--interval: unknown interval '{name}'; one of {string.Join(' ', Interval.Names)}");

    private static double SpeedOf(string text) =>
        text == "max" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed)
        && speed is > 0 and <= MaxSpeed
            ? speed
        : throw KedgeException.Usage($"--speed: '{text}' is no speed; give a number above 0 up to {MaxSpeed}, or max");

    private static LatencySettings LatencyOf(string text, ulong seed)
    {
        string[] ends = text.Split("..");
        bool good = ends.Length <= 2 && ends.All(e => int.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        LatencySettings latency = good
            ? new(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture), seed)
            : default;
        return good && latency.IsValid
            ? latency
            : throw KedgeException.Usage(
                $"--latency: '{text}' is no latency; give milliseconds, or two with '..' between, up to {LatencySettings.LimitMs}"
            );
    }

    private static SignatureNetwork NetworkOf(string name) =>
        name switch
        {
            "mainnet" => SignatureNetwork.Mainnet,
            "testnet" => SignatureNetwork.Testnet,
            "either" => SignatureNetwork.Either,
            _ => throw KedgeException.Usage($"--network: '{name}' is not known; one of mainnet testnet either"),
        };

    private static Crypto.Address AccountOf(string text) =>
        Crypto.Address.TryParseChecked(text, out Crypto.Address address)
            ? address
            : throw KedgeException.Usage(
                $"--account: '{text}' is no address, or its checksum is wrong; give 0x and 40 hexadecimal digits"
            );
}
