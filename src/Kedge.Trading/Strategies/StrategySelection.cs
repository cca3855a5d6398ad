using System.Globalization;
using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>Strategies as a user names them: <c>NAME</c>, or <c>NAME=SYMBOL,SYMBOL</c>, with settings <c>NAME.key=value</c>. Immutable.</summary>
public sealed class StrategySelection
{
    /// <summary>The setting that is the engine's, not the strategy's.</summary>
    public const string StopLossKey = "stop_loss_pct";

    private readonly List<(string Name, string[]? Symbols)> _chosen = [];
    private readonly Dictionary<string, Dictionary<string, string>> _settings = new(StringComparer.Ordinal);

    private StrategySelection(StrategyRegistry registry) => Registry = registry;

    /// <summary>Where strategies are looked up.</summary>
    public StrategyRegistry Registry { get; }

    /// <summary>Reads what was typed.</summary>
    /// <param name="registry">Where strategies are looked up.</param>
    /// <param name="strategies">Strategies; the kernel's rules are <see cref="StrategyNames.Kernel"/>.</param>
    /// <param name="settings">Settings.</param>
    /// <exception cref="KedgeException">They are not of that form, or set something of a strategy that was not named (exit 2).</exception>
    public static StrategySelection Parse(
        StrategyRegistry registry,
        IReadOnlyList<string> strategies,
        IReadOnlyList<string> settings
    )
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(settings);
        StrategySelection selection = new(registry);
        foreach (string text in strategies)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? text : text[..equals]).Trim();
            string[]? symbols =
                equals < 0
                    ? null
                    : text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (name.Length == 0 || symbols is { Length: 0 })
            {
                throw KedgeException.Usage($"--strategy '{text}' is not NAME or NAME=SYMBOL,SYMBOL");
            }

            selection._chosen.Add((name, symbols));
        }

        foreach (string text in settings)
        {
            int dot = text.IndexOf('.', StringComparison.Ordinal);
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (dot < 1 || equals < dot + 2)
            {
                throw KedgeException.Usage($"--strategy-set '{text}' is not NAME.key=value");
            }

            string name = text[..dot];
            if (!selection._chosen.Exists(c => string.Equals(c.Name, name, StringComparison.Ordinal)))
            {
                throw KedgeException.Usage($"--strategy-set '{text}': {name} is not named by --strategy");
            }

            selection.SettingsOf(name)[text[(dot + 1)..equals]] = text[(equals + 1)..].Trim();
        }

        return selection;
    }

    /// <summary>The symbols that some strategy has, in ordinal order.</summary>
    /// <param name="symbols">All there are; a strategy without symbols has all of them.</param>
    /// <exception cref="KedgeException">One is named that is not there (exit 2).</exception>
    public IReadOnlyList<string> Claimed(IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        HashSet<string> all = new(symbols, StringComparer.Ordinal);
        foreach ((string name, string[]? wanted) in _chosen)
        {
            if (wanted?.FirstOrDefault(s => !all.Contains(s)) is { } missing)
            {
                throw KedgeException.Usage(
                    $"--strategy {name}: there is no symbol {missing}; there are {string.Join(", ", symbols)}"
                );
            }
        }

        return [.. _chosen.SelectMany(c => c.Symbols ?? symbols).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Makes the strategies and divides the symbols among them.</summary>
    /// <param name="symbols">All symbols that the lane may enter.</param>
    /// <exception cref="KedgeException">See <see cref="StrategyBook.Of"/> and <see cref="StrategyRegistry.Create"/> (exit 2).</exception>
    public StrategyBook Divide(IReadOnlyList<string> symbols) => Divide(symbols, [], symbols);

    /// <summary>
    /// Makes the strategies and divides the symbols among them, those that are only watched too: what is held and on the list no more stays with the strategy that has no
    /// symbols of its own; without one, and what is watched for the market's state alone, it is the kernel's, whose exits look after it.
    /// </summary>
    /// <param name="symbols">Symbols that the lane may enter.</param>
    /// <param name="held">Symbols with a position, or an order on its way.</param>
    /// <param name="watched">All symbols of the lane.</param>
    /// <exception cref="KedgeException">See <see cref="StrategyBook.Of"/> and <see cref="StrategyRegistry.Create"/> (exit 2).</exception>
    public StrategyBook Divide(IReadOnlyList<string> symbols, IReadOnlyList<string> held, IReadOnlyList<string> watched)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(watched);
        string[] all = [.. symbols.Concat(held)];
        return Make((_, wanted) => wanted ?? all, watched);
    }

    /// <summary>Makes the strategies and gives each the symbols that it had in a session, whatever symbols are named now.</summary>
    /// <param name="had">Strategies of the session, each as <c>name version symbol,symbol</c>.</param>
    /// <param name="watched">All symbols of the session.</param>
    /// <exception cref="KedgeException">As for <see cref="Divide(IReadOnlyList{string})"/>; also when one of the session is not named (exit 2).</exception>
    public StrategyBook DivideAsIn(IReadOnlyList<string> had, IReadOnlyList<string> watched)
    {
        ArgumentNullException.ThrowIfNull(had);
        ArgumentNullException.ThrowIfNull(watched);
        Dictionary<string, string[]> symbolsOf = new(StringComparer.Ordinal);
        foreach (string line in had)
        {
            (string name, _) = _chosen.Find(c => line.StartsWith($"{c.Name} ", StringComparison.Ordinal));
            symbolsOf[
                name ?? throw KedgeException.Usage($"the session had the strategy {line.Split(' ')[0]}; name it with --strategy")
            ] = line[(line.LastIndexOf(' ') + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        }

        return Make((name, _) => symbolsOf.GetValueOrDefault(name, []), watched);
    }

    /// <summary>What no strategy has is the kernel's.</summary>
    private StrategyBook Make(Func<string, string[]?, IEnumerable<string>> symbolsOf, IReadOnlyList<string> watched)
    {
        List<string> kernel = [];
        List<StrategyAssignment> assignments = [];
        foreach ((string name, string[]? wanted) in _chosen)
        {
            string[] own = [.. symbolsOf(name, wanted).Intersect(watched, StringComparer.Ordinal)];
            Dictionary<string, string> settings = new(SettingsOf(name), StringComparer.Ordinal);
            if (string.Equals(name, StrategyNames.Kernel, StringComparison.Ordinal))
            {
                if (settings.Count > 0)
                {
                    throw KedgeException.Usage($"--strategy-set: {name} is set by the configuration; use --set");
                }

                kernel.AddRange(own);
                continue;
            }

            double? stop = null;
            if (settings.Remove(StopLossKey, out string? text))
            {
                stop = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
                    ? percent
                    : throw KedgeException.Usage($"strategy {name}: {StopLossKey} must be a number, not '{text}'");
            }

            assignments.Add(
                new StrategyAssignment(Registry.Create(name, new StrategyParameters(name, settings)), own) { StopLossPct = stop }
            );
        }

        kernel.AddRange(watched.Except(kernel.Concat(assignments.SelectMany(a => a.Symbols)), StringComparer.Ordinal));
        return StrategyBook.Of(kernel, assignments);
    }

    private Dictionary<string, string> SettingsOf(string name)
    {
        if (!_settings.TryGetValue(name, out Dictionary<string, string>? settings))
        {
            settings = new Dictionary<string, string>(StringComparer.Ordinal);
            _settings.Add(name, settings);
        }

        return settings;
    }
}
