using System.Text.Json;
using Kedge.Golden.Engine;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>Reads an init-state file (backtester.md §7).</summary>
internal static class InitialStateFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file; with a symbol, only what concerns that one.</summary>
    public static InitialState Read(string path, string? onlySymbol)
    {
        FileShape file = Parse<FileShape>(path);
        if (file.Version is not (1 or 2) || !(file.Balance >= 0.0))
        {
            throw KedgeException.Usage($"{path}: version must be 1 or 2 and the balance not negative");
        }

        Dictionary<string, Position> positions = new(StringComparer.Ordinal);
        foreach (PositionShape p in file.Positions ?? [])
        {
            Side side = SideOf(p.Side);
            if (!(p.Size > 0.0))
            {
                throw KedgeException.Usage($"{path}: the position in {p.Symbol} has no size");
            }

            if (side != Side.Flat && Wanted(p.Symbol, onlySymbol))
            {
                positions[p.Symbol] = ToPosition(p, side);
            }
        }

        return new InitialState(
            file.Balance,
            positions,
            Markers(file.Runtime?.EntryAttemptMsBySymbol, onlySymbol),
            Markers(file.Runtime?.ExitAttemptMsBySymbol, onlySymbol)
        );
    }

    /// <summary>Reads the balance alone.</summary>
    public static double ReadBalance(string path) => Parse<BalanceShape>(path).Balance;

    private static T Parse<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options)
                ?? throw KedgeException.Usage($"{path}: is null");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw KedgeException.Environment($"{path}: {e.Message}", e);
        }
    }

    private static Position ToPosition(PositionShape p, Side side) =>
        new()
        {
            Side = side,
            Size = p.Size,
            EntryPrice = p.EntryPrice,
            FirstEntryPrice = p.EntryPrice,
            EntryAtr = p.EntryAtr,
            EntryAdxThreshold = p.EntryAdxThreshold,
            HasTrailingStop = p.TrailingSl is not null,
            TrailingStop = p.TrailingSl ?? 0.0,
            Confidence = Enum.TryParse(p.Confidence, ignoreCase: true, out Confidence tier) ? tier : Confidence.Medium,
            Leverage = p.Leverage,
            Margin = p.MarginUsed,
            Adds = p.AddsCount,
            PartialTaken = p.Tp1Taken,
            OpenedAtMs = p.OpenTimeMs,
            LastAddMs = p.LastAddTimeMs,
        };

    private static Side SideOf(string text) =>
        text.ToUpperInvariant() switch
        {
            "LONG" => Side.Long,
            "SHORT" => Side.Short,
            _ => Side.Flat,
        };

    private static Dictionary<string, long> Markers(Dictionary<string, long>? all, string? onlySymbol) =>
        (all ?? []).Where(m => Wanted(m.Key, onlySymbol)).ToDictionary(StringComparer.Ordinal);

    private static bool Wanted(string symbol, string? onlySymbol) => onlySymbol is null || symbol == onlySymbol;

    private sealed record BalanceShape(double Balance);

    private sealed record FileShape(
        int Version,
        string Source,
        long ExportedAtMs,
        double Balance,
        List<PositionShape>? Positions = null,
        RuntimeShape? Runtime = null
    );

    private sealed record RuntimeShape(
        Dictionary<string, long>? EntryAttemptMsBySymbol = null,
        Dictionary<string, long>? ExitAttemptMsBySymbol = null
    );

    private sealed record PositionShape(
        string Symbol,
        string Side,
        double Size,
        double EntryPrice,
        double EntryAtr,
        string Confidence,
        double Leverage,
        double MarginUsed,
        double? TrailingSl = null,
        int AddsCount = 0,
        bool Tp1Taken = false,
        long OpenTimeMs = 0,
        long LastAddTimeMs = 0,
        double EntryAdxThreshold = 0.0
    );
}
