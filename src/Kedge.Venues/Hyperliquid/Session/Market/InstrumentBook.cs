using System.Diagnostics.CodeAnalysis;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Session.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Market;

/// <summary>What trades at the venue, by its metadata: rules for prices, sizes and leverage, and the venue's numbers of symbols.</summary>
internal sealed class InstrumentBook : IAssetLookup
{
    private const int MaxDecimals = 6;
    private const int SignificantFigures = 5;
    private const double MinNotionalUsd = 10.0;
    private const int MaxSymbols = 20_000;
    private const int FirstSharedTable = 50;

    private readonly Dictionary<string, int> assets = new(StringComparer.Ordinal);

    /// <summary>Symbols whose prices are read.</summary>
    public SymbolTable Symbols { get; } = new();

    /// <summary>Whether metadata has been read.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What trades, in the venue's order.</summary>
    public IReadOnlyList<InstrumentSpec> Instruments { get; private set; } = [];

    /// <inheritdoc/>
    public bool TryGetAsset(string symbol, out int asset) => assets.TryGetValue(symbol, out asset);

    /// <summary>
    /// Takes metadata; false, with the reason, when none of it can be used. An instrument with impossible rules is left out of what trades, so that
    /// it does not keep the others from trading, but keeps its number, so that what is open in it can be closed; a name that stands twice has none.
    /// </summary>
    /// <param name="meta">The metadata.</param>
    /// <param name="isChanged">Whether anything of what trades has changed.</param>
    /// <param name="problem">Why not, or what was left out.</param>
    public bool TryTake(VenueMeta meta, out bool isChanged, [NotNullWhen(false)] out string? problem)
    {
        isChanged = false;
        problem = null;
        List<InstrumentSpec> next = [];
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        HashSet<string> twice = new(StringComparer.Ordinal);
        for (int i = 0; i < meta.Assets.Count; i++)
        {
            AssetMeta asset = meta.Assets[i];
            if (asset.IsDelisted)
            {
                continue;
            }

            bool isTwice = !ids.TryAdd(asset.Name, i);
            if (isTwice || asset.SizeDecimals is < 0 or > MaxDecimals || asset.MaxLeverage < 1)
            {
                problem = $"instrument {asset.Name} is left out: it has impossible rules or stands twice";
                if (isTwice)
                {
                    twice.Add(asset.Name);
                }

                continue;
            }

            next.Add(
                new InstrumentSpec(
                    asset.Name,
                    asset.SizeDecimals,
                    MaxDecimals - asset.SizeDecimals,
                    SignificantFigures,
                    MinNotionalUsd,
                    Tiers(asset, meta.MarginTables)
                )
            );
        }

        foreach (string name in twice)
        {
            ids.Remove(name);
            next.RemoveAll(i => i.Symbol == name);
        }

        if (next.Count is 0 or > MaxSymbols)
        {
            problem = $"the venue lists {next.Count} instruments";
            return false;
        }

        isChanged = !IsKnown || !Same(Instruments, next) || ids.Any(a => !assets.TryGetValue(a.Key, out int id) || id != a.Value);
        IsKnown = true;
        Instruments = next;
        assets.Clear();
        foreach ((string symbol, int id) in ids)
        {
            assets.Add(symbol, id);
            if (Symbols.Count < MaxSymbols)
            {
                Symbols.Add(symbol);
            }
        }

        return true;
    }

    private static LeverageTier[] Tiers(AssetMeta asset, IReadOnlyList<MarginTable> tables)
    {
        if (asset.MarginTableId is { } id and >= FirstSharedTable)
        {
            MarginTable? table = tables.FirstOrDefault(t => t.Id == id);
            LeverageTier[] tiers = [.. (table?.Tiers ?? []).OrderBy(t => t.LowerBoundUsd)];
            if (tiers.Length > 0 && tiers[0].LowerBoundUsd <= 0.0 && tiers.All(t => t.MaxLeverage >= 1.0))
            {
                return tiers;
            }
        }

        return [new LeverageTier(0.0, asset.MaxLeverage)];
    }

    private static bool Same(IReadOnlyList<InstrumentSpec> left, List<InstrumentSpec> right) =>
        left.Count == right.Count
        && left.Zip(right)
            .All(p => p.First with { Tiers = p.Second.Tiers } == p.Second && p.First.Tiers.SequenceEqual(p.Second.Tiers));
}
