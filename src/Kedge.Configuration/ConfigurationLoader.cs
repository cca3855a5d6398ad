using Kedge.Configuration.Yaml;
using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>
/// The one loader of strategy configurations. Layers, each beating the one before: built-in defaults, <c>global</c>,
/// <c>symbols.X</c>, <c>live</c>, <c>modes.X</c>, overrides; inside a layer values for one symbol beat values for all.
/// </summary>
public static class ConfigurationLoader
{
    /// <summary>Flat means no entries and a managed exit of what is open, whatever the file says.</summary>
    private static readonly ConfigurationOverride[] Flat =
    [
        new("trade.max_open_positions", "0", "mode flat"),
        new("trade.enable_pyramiding", "false", "mode flat"),
    ];

    private const long MaxBytes = 4 << 20;

    /// <summary>Built-in defaults and the overrides of the options, without a file.</summary>
    /// <exception cref="KedgeException">An override is wrong; one line per problem.</exception>
    public static StrategyConfiguration Defaults(ConfigurationOptions? options = null) => Parse("", "defaults", options);

    /// <summary>Loads a file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="options">Which layers apply; null = defaults, global and symbols.</param>
    /// <exception cref="KedgeException">The file cannot be read, or something in it is wrong; one line per problem.</exception>
    public static StrategyConfiguration Load(string path, ConfigurationOptions? options = null) =>
        Parse(Read(path), path, options);

    /// <summary>Loads text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">What to call it in messages, usually the path of the file.</param>
    /// <param name="options">Which layers apply; null = defaults, global and symbols.</param>
    /// <exception cref="KedgeException">Something in it is wrong; one line per problem.</exception>
    public static StrategyConfiguration Parse(string text, string source, ConfigurationOptions? options = null)
    {
        options ??= new ConfigurationOptions();
        Problems problems = new();
        (List<Assignment> written, DataSettings data) = DocumentReader.Read(text, source, options.Lenient, problems);
        written.AddRange(
            OverrideReader
                .Read(options.Defaults, problems)
                .Select(a => a with { Origin = a.Origin with { Layer = SettingLayer.Default, Section = "default" } })
        );
        written.AddRange(OverrideReader.Read(options.Overrides, problems));
        if (options.Mode == StrategyMode.Flat)
        {
            written.AddRange(OverrideReader.Read(Flat, problems));
        }

        problems.ThrowIfAny();

        if (options.Mode is { } mode && mode != StrategyMode.Flat && !written.Exists(a => a.Mode == mode))
        {
            problems.Warn(source, 0, $"there is no modes.{mode.Name()} section; the mode changes nothing");
        }

        List<Assignment> applied = Select(written, options, problems);
        problems.ThrowIfAny();
        Scope global = Build(symbol: null, applied, problems);
        PortfolioSettings settings = new(global.Values);
        CrossChecks.CheckIntervals(global, settings, problems);

        SortedDictionary<string, Scope> symbols = new(StringComparer.Ordinal);
        foreach (Assignment assignment in applied)
        {
            if (assignment.Symbol is { } symbol && !symbols.ContainsKey(symbol))
            {
                symbols.Add(symbol, Build(symbol, applied, problems));
            }
        }

        problems.ThrowIfAny();
        return new StrategyConfiguration(global, symbols, settings, options.Symbols, problems.Warnings) { Data = data };
    }

    /// <summary>Reads the text of a file, for a caller that loads it more than once.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KedgeException">It is missing, unreadable or far too large.</exception>
    public static string Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw KedgeException.Environment(
                    $"{path}: cannot read the configuration: it is a folder; give the name of a file"
                );
            }

            using FileStream stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > MaxBytes)
            {
                throw KedgeException.Usage($"{path}: larger than {MaxBytes >> 20} MiB; this is no strategy configuration");
            }

            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file; check the path, or make one with 'kedge demo'"
                : e.Message.TrimEnd('.');
            throw KedgeException.Environment($"{path}: cannot read the configuration: {reason}", e);
        }
    }

    /// <summary>The assignments of the layers that apply, weakest first, with symbols in the spelling of the run.</summary>
    private static List<Assignment> Select(List<Assignment> written, ConfigurationOptions options, Problems problems)
    {
        List<Assignment> applied = new(written.Count);
        Dictionary<(string Section, string Symbol), string> spellings = [];
        foreach (Assignment assignment in written)
        {
            bool applies = assignment.Origin.Layer switch
            {
                SettingLayer.Live => options.Live,
                SettingLayer.Mode => assignment.Mode == options.Mode,
                _ => true,
            };
            if (!applies)
            {
                continue;
            }

            if (assignment.Symbol is not { } name)
            {
                applied.Add(assignment);
                continue;
            }

            string? symbol = Symbol(assignment, name, options, problems);
            if (symbol is null)
            {
                continue;
            }

            // Two spellings of one symbol in one section would make the order of the file matter.
            string section = assignment.Origin.Section[..^name.Length];
            if (
                !spellings.TryAdd((section, symbol), name)
                && assignment.Origin.Layer != SettingLayer.Override
                && !string.Equals(spellings[(section, symbol)], name, StringComparison.Ordinal)
            )
            {
                problems.Error(
                    assignment.Origin.Source,
                    assignment.Origin.Line,
                    $"{section}{name} and {section}{spellings[(section, symbol)]} are the same symbol {symbol}"
                );
            }

            applied.Add(assignment with { Symbol = symbol });
        }

        // A stable order by (layer, all before one symbol).
        return [.. applied.OrderBy(a => ((int)a.Origin.Layer * 2) + (a.Symbol is null ? 0 : 1))];
    }

    /// <summary>The symbol a value is for in the spelling of the run; null when its layer does not apply.</summary>
    private static string? Symbol(Assignment assignment, string name, ConfigurationOptions options, Problems problems)
    {
        string symbol = name;
        if (options.Symbols is { } symbols)
        {
            if (SymbolNames.IsAmbiguous(name, symbols))
            {
                problems.Error(
                    assignment.Origin.Source,
                    assignment.Origin.Line,
                    $"{assignment.Origin.Section}: several symbols differ from {name} only in case; write the one that is meant"
                );
                return null;
            }

            symbol = SymbolNames.Find(name, symbols) ?? name;
        }

        if (assignment.Origin.Layer == SettingLayer.Override)
        {
            return symbol;
        }

        if (!options.UseSymbols)
        {
            return null;
        }

        if (options.OnlySymbol is not { } only)
        {
            return symbol;
        }

        return string.Equals(symbol, only, StringComparison.OrdinalIgnoreCase) ? only : null;
    }

    private static Scope Build(string? symbol, List<Assignment> applied, Problems problems)
    {
        Scope scope = new(symbol);
        foreach (Assignment assignment in applied)
        {
            if (assignment.Symbol is null || string.Equals(assignment.Symbol, symbol, StringComparison.Ordinal))
            {
                scope.Set(assignment);
            }
        }

        scope.Seal();
        CrossChecks.Check(scope, problems);
        return scope;
    }
}
