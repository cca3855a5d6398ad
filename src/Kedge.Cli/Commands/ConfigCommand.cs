using System.CommandLine;
using System.Text;
using System.Text.Json;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge config</c>: check, show and explain a configuration.</summary>
internal static class ConfigCommand
{
    private static readonly Option<string?> Config = RunOptions.Text(
        "--config",
        "Configuration file (config/strategy_overrides.yaml)"
    );
    private static readonly Option<string?> Symbol = RunOptions.Text("--symbol", "Values of one symbol");
    private static readonly Option<bool> Live = RunOptions.Flag("--live", "Apply the live section");
    private static readonly Option<string?> Mode = RunOptions.Text("--mode", "Apply a section of modes");
    private static readonly Option<bool> Lenient = RunOptions.Flag("--lenient", "Unknown keys are warnings");
    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Override a key: path=value (repeatable)",
        HelpName = "path=value",
    };
    private static readonly Option<bool> Json = RunOptions.Flag("--json", "JSON on standard output");

    public static Command Build()
    {
        Command command = new("config", "Check, show and explain a configuration");
        command.Subcommands.Add(CheckFile());
        command.Subcommands.Add(Verb("show", "Print the effective configuration as YAML", Show, Symbol, Json));
        command.Subcommands.Add(Verb("id", "Print the config id", Id));
        command.Subcommands.Add(Explain());
        Command schema = new("schema", "Print the JSON schema of the file");
        schema.SetAction(_ => Print(SchemaWriter.Write()));
        command.Subcommands.Add(schema);
        return command;
    }

    private static Command Verb(
        string name,
        string description,
        Func<ParseResult, StrategyConfiguration, int> run,
        params Option[] more
    )
    {
        Command command = new(name, description);
        foreach (Option option in new Option[] { Config, Live, Mode, Lenient, Set }.Concat(more))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => run(parsed, Load(parsed, parsed.GetValue(Config))));
        return command;
    }

    private static Command CheckFile()
    {
        Command command = new("validate", "Check a file; every problem gets its line");
        Argument<string?> file = new("file")
        {
            Description = $"File to check ({ReplaySetup.DefaultConfigPath})",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { Config, Live, Mode, Lenient, Set })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file) ?? parsed.GetValue(Config) ?? ReplaySetup.DefaultConfigPath;
            return Validate(path, Load(parsed, path));
        });
        return command;
    }

    /// <summary>Loads a file; without one named and none in the usual place, the built-in defaults, as a replay does.</summary>
    private static StrategyConfiguration Load(ParseResult parsed, string? path)
    {
        ConfigurationOptions options = new()
        {
            Lenient = parsed.GetValue(Lenient),
            Live = parsed.GetValue(Live),
            Mode = StrategyModes.Parse(parsed.GetValue(Mode)),
            Overrides = [.. (parsed.GetValue(Set) ?? []).Select(s => ConfigurationOverride.Parse(s))],
        };
        if (path is null && !File.Exists(ReplaySetup.DefaultConfigPath))
        {
            Terminal.Say($"no {ReplaySetup.DefaultConfigPath} here: built-in defaults");
            return ConfigurationLoader.Defaults(options);
        }

        return ConfigurationLoader.Load(path ?? ReplaySetup.DefaultConfigPath, options);
    }

    private static int Validate(string path, StrategyConfiguration configuration)
    {
        foreach (string warning in configuration.Warnings)
        {
            Terminal.Say($"warning: {warning}");
        }

        return Print($"{path}: valid, {configuration.Warnings.Count} warnings, config id {configuration.ConfigId}\n");
    }

    private static int Id(ParseResult parsed, StrategyConfiguration configuration) => Print(configuration.ConfigId + "\n");

    private static int Show(ParseResult parsed, StrategyConfiguration configuration)
    {
        IReadOnlyList<string> lines = configuration.EffectiveLines(parsed.GetValue(Symbol));
        if (parsed.GetValue(Json))
        {
            Terminal.Result(stream =>
            {
                using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
                writer.WriteStartObject();
                foreach (string line in lines.Concat(configuration.Data.Lines()))
                {
                    string[] parts = line.Split('=', 2);
                    writer.WriteString(parts[0], parts[1]);
                }

                writer.WriteEndObject();
            });
            return 0;
        }

        return Print(AsYaml(lines) + DataYaml(configuration.Data));
    }

    private static Command Explain()
    {
        Command command = new("explain", "Say which layer set a key, and what it means");
        Argument<string> key = new("key") { Description = "Path of a key, e.g. trade.sl_atr_mult" };
        command.Arguments.Add(key);
        foreach (Option option in new Option[] { Config, Symbol, Live, Mode, Lenient, Set })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            StrategyConfiguration configuration = Load(parsed, parsed.GetValue(Config));
            string path = parsed.GetValue(key)!;
            string? symbol = parsed.GetValue(Symbol);
            SettingOrigin origin = configuration.Origin(path, symbol);
            KeyDefinition definition = KeyTable.TryGet(path, out KeyDefinition? found)
                ? found
                : KeyTable.Get(KeyTable.Aliases[path]);
            StringBuilder text = new();
            text.Append(definition.Path).Append(" = ").Append(definition.Format(configuration.Value(path, symbol))).Append('\n');
            text.Append("  set by : ").Append(origin).Append('\n');
            text.Append("  default: ").Append(definition.Format(definition.Default)).Append('\n');
            text.Append("  meaning: ").Append(definition.Doc).Append('\n');
            return Print(text.ToString());
        });
        return command;
    }

    /// <summary>Sorted <c>path=value</c> lines as nested YAML under <c>global</c>.</summary>
    private static string AsYaml(IReadOnlyList<string> lines)
    {
        StringBuilder yaml = new("global:\n");
        string[] open = [];
        foreach (string line in lines)
        {
            string[] parts = line.Split('=', 2);
            string[] path = parts[0].Split('.');
            int shared = 0;
            while (
                shared < open.Length
                && shared < path.Length - 1
                && string.Equals(open[shared], path[shared], StringComparison.Ordinal)
            )
            {
                shared++;
            }

            for (int i = shared; i < path.Length - 1; i++)
            {
                yaml.Append(' ', 2 * (i + 1)).Append(path[i]).Append(":\n");
            }

            open = path[..^1];
            yaml.Append(' ', 2 * path.Length)
                .Append(path[^1])
                .Append(": ")
                .Append(parts[1].Length == 0 ? "''" : parts[1])
                .Append('\n');
        }

        return yaml.ToString();
    }

    private static string DataYaml(DataSettings data)
    {
        StringBuilder yaml = new("data:\n");
        foreach (string[] parts in data.Lines().Select(l => l["data.".Length..].Split('=', 2)))
        {
            yaml.Append("  ").Append(parts[0]).Append(": ").Append(parts[1].Length == 0 ? "''" : parts[1]).Append('\n');
        }

        return yaml.ToString();
    }

    private static int Print(string text)
    {
        Terminal.Result(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return 0;
    }
}
