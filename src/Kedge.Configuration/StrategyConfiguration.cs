using System.Security.Cryptography;
using System.Text;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>A loaded configuration: effective values for all symbols and for each one that differs. Immutable.</summary>
public sealed class StrategyConfiguration
{
    private readonly Scope _global;
    private readonly SortedDictionary<string, Scope> _symbols;
    private readonly IReadOnlyList<string> _runSymbols;
    private readonly string? _bitcoin;
    private string? _configId;

    internal StrategyConfiguration(
        Scope global,
        SortedDictionary<string, Scope> symbols,
        PortfolioSettings settings,
        IReadOnlyList<string>? runSymbols,
        IReadOnlyList<string> warnings
    )
    {
        _global = global;
        _symbols = symbols;
        _runSymbols = runSymbols ?? [];
        _bitcoin = runSymbols is null ? "BTC" : SymbolNames.Bitcoin(runSymbols);
        Settings = settings;
        Warnings = warnings;
    }

    /// <summary>Intervals, cadence and other settings of the run as a whole.</summary>
    public PortfolioSettings Settings { get; }

    /// <summary>Where data of the past is looked for; no part of <see cref="ConfigId"/>.</summary>
    public DataSettings Data { get; internal init; } = new();

    /// <summary>Parameters of all symbols without their own values; also carries the portfolio-wide keys.</summary>
    public Parameters Portfolio => _global.Parameters;

    /// <summary>What was accepted but deserves a look, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Symbols with values of their own, ordinal order.</summary>
    public IReadOnlyCollection<string> Symbols => _symbols.Keys;

    /// <summary>SHA-256 of all <see cref="IdentityLines"/> joined by line feeds, lower-case hex.</summary>
    public string ConfigId =>
        _configId ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', IdentityLines()))));

    /// <summary>
    /// Parameters of a symbol with its traits. BTC is <c>BTC</c>, or <c>BTCUSDT</c> when the loader was given symbols without <c>BTC</c>.
    /// </summary>
    public Parameters For(string symbol) => For(symbol, _bitcoin);

    /// <summary>Parameters of a symbol with its traits.</summary>
    /// <param name="symbol">The symbol in the venue's spelling.</param>
    /// <param name="bitcoin">The symbol that is BTC (see <see cref="SymbolNames.Bitcoin"/>); null = none.</param>
    public Parameters For(string symbol, string? bitcoin)
    {
        Scope scope = ScopeOf(symbol);
        Parameters p = scope.Parameters;
        if (string.Equals(symbol, bitcoin, StringComparison.Ordinal))
        {
            p.Traits |= SymbolTraits.Btc;
        }

        IReadOnlyList<string> exempt = scope.Values[KeyTable.Get("trade.stagnation_exempt").Index].Items;
        if (exempt.Contains(symbol, StringComparer.OrdinalIgnoreCase))
        {
            p.Traits |= SymbolTraits.StagnationExempt;
        }

        return p;
    }

    /// <summary>Effective value of a key.</summary>
    /// <param name="path">Path of a key or alias.</param>
    /// <param name="symbol">The symbol; null = all.</param>
    /// <exception cref="KedgeException">There is no such key.</exception>
    public SettingValue Value(string path, string? symbol = null) => ScopeOf(symbol).Values[Find(path).Index];

    /// <summary>Layer and place that set the effective value of a key.</summary>
    /// <param name="path">Path of a key or alias.</param>
    /// <param name="symbol">The symbol; null = all.</param>
    /// <exception cref="KedgeException">There is no such key.</exception>
    public SettingOrigin Origin(string path, string? symbol = null) => ScopeOf(symbol).Origins[Find(path).Index];

    /// <summary>All keys as <c>path=value</c>, sorted ordinally; numbers read back to the same bits.</summary>
    /// <param name="symbol">The symbol; null = all.</param>
    public IReadOnlyList<string> EffectiveLines(string? symbol = null)
    {
        Scope scope = ScopeOf(symbol);
        List<string> lines = new(KeyTable.Keys.Count);
        foreach (KeyDefinition key in KeyTable.Keys)
        {
            lines.Add($"{key.Path}={scope.Format(key)}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The lines of all symbols, and <c>symbols.X.path=value</c> for every value of a symbol that differs; sorted ordinally.</summary>
    public IReadOnlyList<string> IdentityLines()
    {
        List<string> lines = [.. EffectiveLines()];
        foreach ((string symbol, Scope scope) in _symbols)
        {
            foreach (KeyDefinition key in KeyTable.Keys)
            {
                string value = scope.Format(key);
                if (!string.Equals(value, _global.Format(key), StringComparison.Ordinal))
                {
                    lines.Add($"symbols.{symbol}.{key.Path}={value}");
                }
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Fails when a replay cannot do what the configuration asks for.</summary>
    /// <exception cref="KedgeException">Exits are at mid prices, which candles do not have.</exception>
    public void RequireReplayable()
    {
        if (Settings.ExitAtMid)
        {
            SettingOrigin origin = Origin("engine.exit_interval");
            throw KedgeException.Usage(
                $"{Problems.Place(origin.Source, origin.Line)}: engine.exit_interval mid needs live prices; "
                    + $"for a replay use one of {string.Join(' ', Interval.Names)} or ''"
            );
        }
    }

    private static KeyDefinition Find(string path)
    {
        if (KeyTable.TryGet(path, out KeyDefinition? key))
        {
            return key;
        }

        string? near = KeyTable.Nearest(path);
        throw KedgeException.Usage(
            near is null
                ? $"{path} is not a key; 'kedge config show' lists all keys"
                : $"{path} is not a key; did you mean {near}?"
        );
    }

    private Scope ScopeOf(string? symbol)
    {
        if (symbol is null || _symbols.Count == 0)
        {
            return _global;
        }

        if (_symbols.TryGetValue(symbol, out Scope? exact))
        {
            return exact;
        }

        // A symbol of the run has been matched by the loader: another one that differs in case is not meant.
        if (_runSymbols.Contains(symbol, StringComparer.Ordinal))
        {
            return _global;
        }

        return SymbolNames.Find(symbol, _symbols.Keys) is { } found ? _symbols[found] : _global;
    }
}
