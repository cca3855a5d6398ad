using System.Text.Json;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>The init-state JSON, versions 1 and 2: a wallet, positions and cooldowns exported by a trader.</summary>
public static class InitStateFile
{
    private const long MaxAdds = 1_000_000;
    private const double MaxWhole = 9e15;

    /// <summary>Reads a file and keeps what concerns the symbols of the run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="symbols">Symbols of the run.</param>
    /// <param name="notes">Told what was left out.</param>
    /// <exception cref="KedgeException">Missing, unreadable or malformed file.</exception>
    public static InitState Load(string path, IReadOnlyList<string> symbols, ICollection<string> notes)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(notes);
        using JsonDocument document = Open(path);
        JsonElement root = document.RootElement;
        long version = Integer(Field(root, path, "", "version"), path, "version");
        if (version is not (1 or 2))
        {
            throw KedgeException.Usage($"{path}: version {version} is not known; an init-state has version 1 or 2");
        }

        _ = Field(root, path, "", "source");
        _ = Field(root, path, "", "exported_at_ms");
        double balance = Number(root, path, "", "balance", double.NaN);
        if (!(balance >= 0.0))
        {
            throw KedgeException.Usage($"{path}: balance must be 0 or more");
        }

        return new InitState
        {
            Balance = balance,
            Positions = Positions(root, path, symbols, notes),
            LastEntryMs = Marks(root, path, "entry_attempt_ms_by_symbol", symbols, notes),
            LastExitMs = Marks(root, path, "exit_attempt_ms_by_symbol", symbols, notes),
        };
    }

    /// <summary>Reads only the balance of a file (<c>--balance-from</c>).</summary>
    /// <exception cref="KedgeException">No file, no JSON, or no positive balance.</exception>
    public static double LoadBalance(string path)
    {
        using JsonDocument document = Open(path);
        double balance = Number(document.RootElement, path, "", "balance", double.NaN);
        return balance > 0.0 ? balance : throw KedgeException.Usage($"{path}: balance must be greater than 0");
    }

    private static JsonDocument Open(string path)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw KedgeException.Usage($"{path}: an init-state is a JSON object");
        }
        catch (JsonException e)
        {
            throw KedgeException.Usage($"{path}:{e.LineNumber + 1}: not valid JSON", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment(
                $"{path}: cannot be read: {(File.Exists(path) ? e.Message.TrimEnd('.') : Directory.Exists(path) ? "it is a folder" : "there is no such file")}; check the path",
                e
            );
        }
    }

    private static List<InitPosition> Positions(
        JsonElement root,
        string path,
        IReadOnlyList<string> symbols,
        ICollection<string> notes
    )
    {
        // The later entry of a symbol wins, as in the exporter.
        Dictionary<string, InitPosition> bySymbol = new(StringComparer.Ordinal);
        if (root.TryGetProperty("positions", out JsonElement list) && list.ValueKind != JsonValueKind.Null)
        {
            if (list.ValueKind != JsonValueKind.Array)
            {
                throw KedgeException.Usage($"{path}: positions must be a list");
            }

            int index = 0;
            foreach (JsonElement item in list.EnumerateArray())
            {
                string where = $"positions[{index++}].";
                string symbol = Text(item, path, where, "symbol");
                if (!symbols.Contains(symbol, StringComparer.Ordinal))
                {
                    notes.Add($"init-state: position in {symbol} left out, no candles for it");
                    continue;
                }

                if (Position(item, path, where, symbol, notes) is { } position)
                {
                    bySymbol[symbol] = position;
                }
            }
        }

        return [.. bySymbol.Values];
    }

    private static InitPosition? Position(JsonElement item, string path, string where, string symbol, ICollection<string> notes)
    {
        Side side = Text(item, path, where, "side").ToUpperInvariant() switch
        {
            "LONG" => Side.Long,
            "SHORT" => Side.Short,
            _ => Side.Flat,
        };
        if (side == Side.Flat)
        {
            notes.Add($"init-state: position in {symbol} left out, its side is neither long nor short");
            return null;
        }

        Confidence confidence = Text(item, path, where, "confidence").ToUpperInvariant() switch
        {
            "LOW" => Confidence.Low,
            "HIGH" => Confidence.High,
            _ => Confidence.Medium,
        };
        bool trailing = item.TryGetProperty("trailing_sl", out JsonElement stop) && stop.ValueKind != JsonValueKind.Null;
        return new InitPosition
        {
            Symbol = symbol,
            Side = side,
            Confidence = confidence,
            Size = Positive(item, path, where, "size"),
            EntryPrice = Positive(item, path, where, "entry_price"),
            EntryAtr = NotNegative(item, path, where, "entry_atr"),
            Leverage = Positive(item, path, where, "leverage"),
            Margin = NotNegative(item, path, where, "margin_used"),
            TrailingStop = trailing ? Positive(item, path, where, "trailing_sl") : null,
            Adds = (int)Optional(item, path, where, "adds_count", MaxAdds),
            PartialTaken = item.TryGetProperty("tp1_taken", out JsonElement tp1) && tp1.ValueKind == JsonValueKind.True,
            OpenedAtMs = Optional(item, path, where, "open_time_ms", long.MaxValue),
            LastAddMs = Optional(item, path, where, "last_add_time_ms", long.MaxValue),
            EntryAdxThreshold = Number(item, path, where, "entry_adx_threshold", 0),
        };
    }

    private static Dictionary<string, long> Marks(
        JsonElement root,
        string path,
        string name,
        IReadOnlyList<string> symbols,
        ICollection<string> notes
    )
    {
        Dictionary<string, long> marks = new(StringComparer.Ordinal);
        if (
            !root.TryGetProperty("runtime", out JsonElement runtime)
            || runtime.ValueKind != JsonValueKind.Object
            || !runtime.TryGetProperty(name, out JsonElement map)
            || map.ValueKind != JsonValueKind.Object
        )
        {
            return marks;
        }

        foreach (JsonProperty mark in map.EnumerateObject())
        {
            if (symbols.Contains(mark.Name, StringComparer.Ordinal))
            {
                marks[mark.Name] = Integer(mark.Value, path, $"runtime.{name}.{mark.Name}");
            }
            else
            {
                notes.Add($"init-state: cooldown of {mark.Name} left out, no candles for it");
            }
        }

        return marks;
    }

    private static JsonElement Field(JsonElement element, string path, string where, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value
            : throw KedgeException.Usage($"{path}: {where}{name} is missing");

    private static string Text(JsonElement element, string path, string where, string name)
    {
        JsonElement value = Field(element, path, where, name);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw KedgeException.Usage($"{path}: {where}{name} must be text");
    }

    /// <summary>A number; without a usable <paramref name="missing"/> the field is required.</summary>
    private static double Number(JsonElement element, string path, string where, string name, double missing)
    {
        if (!element.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return double.IsNaN(missing) ? throw KedgeException.Usage($"{path}: {where}{name} is missing") : missing;
        }

        if (value.ValueKind != JsonValueKind.Number || !double.IsFinite(value.GetDouble()))
        {
            throw KedgeException.Usage($"{path}: {where}{name} must be a finite number");
        }

        return value.GetDouble();
    }

    private static long Integer(JsonElement value, string path, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : throw KedgeException.Usage($"{path}: {name} must be a whole number");

    /// <summary>A whole number from 0 to <paramref name="most"/>; 0 when it is not there.</summary>
    private static long Optional(JsonElement element, string path, string where, string name, long most)
    {
        double value = Number(element, path, where, name, 0.0);
        return value >= 0.0 && value <= most && value < MaxWhole && Math.Floor(value) == value
            ? (long)value
            : throw KedgeException.Usage($"{path}: {where}{name} must be a whole number, 0 or more");
    }

    private static double NotNegative(JsonElement element, string path, string where, string name)
    {
        double value = Number(element, path, where, name, double.NaN);
        return value >= 0.0 ? value : throw KedgeException.Usage($"{path}: {where}{name} must be 0 or more");
    }

    private static double Positive(JsonElement element, string path, string where, string name)
    {
        double value = Number(element, path, where, name, double.NaN);
        return value > 0.0 ? value : throw KedgeException.Usage($"{path}: {where}{name} must be greater than 0");
    }
}
