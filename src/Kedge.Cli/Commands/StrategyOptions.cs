using System.CommandLine;
using Kedge.Cli.Strategies;
using Kedge.Model;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Commands;

/// <summary>The options that say which strategies behind the port decide; shared by the verbs that run them.</summary>
internal sealed class StrategyOptions
{
    private readonly Option<string[]> _strategies = new("--strategy")
    {
        Description = "Strategy that trades, on all symbols or on its own: NAME or NAME=SYMBOL,SYMBOL (repeatable)",
        HelpName = "name",
    };

    private readonly Option<string[]> _settings = new("--strategy-set")
    {
        Description = "Parameter of a strategy: NAME.key=value (repeatable)",
        HelpName = "name.key=value",
    };

    private readonly Option<string?> _assembly = RunOptions.Text("--strategy-assembly", "Assembly with strategies of your own");

    /// <summary>Adds them to a command.</summary>
    public StrategyOptions(Command command)
    {
        command.Options.Add(_strategies);
        command.Options.Add(_settings);
        command.Options.Add(_assembly);
    }

    /// <summary>The strategies that were named; null for none.</summary>
    /// <exception cref="KedgeException">Parameters without a strategy (exit 2).</exception>
    public StrategySelection? Read(ParseResult parsed)
    {
        string[] strategies = parsed.GetValue(_strategies) ?? [];
        string[] settings = parsed.GetValue(_settings) ?? [];
        string? assembly = parsed.GetValue(_assembly);
        if (strategies.Length > 0)
        {
            return StrategySelection.Parse(StrategyAssembly.Registry(assembly), strategies, settings);
        }

        return settings.Length > 0 || assembly is not null
            ? throw KedgeException.Usage("--strategy-set and --strategy-assembly need --strategy: name the strategy that trades")
            : null;
    }
}
