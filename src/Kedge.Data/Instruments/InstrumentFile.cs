using System.Text.Json;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Data.Instruments;

/// <summary>Instrument metadata as a JSON file, described by <c>config/instruments.schema.json</c>.</summary>
public static class InstrumentFile
{
    private const int MaxDecimals = 12;
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads and checks a file; every value is named by its place, e.g. <c>instruments[2].tiers[0].maxLeverage</c>.</summary>
    /// <param name="path">The JSON file.</param>
    /// <returns>The instruments in ordinal order of their symbols.</returns>
    /// <exception cref="KedgeException">The file cannot be read (exit 4), or a value is missing or wrong (exit 2).</exception>
    public static IReadOnlyList<InstrumentSpec> Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KedgeException.Environment(
                $"{path}: no such file; check the path (an example is config/instruments.example.json)",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Options);
            return Read(new JsonPlace(path, "", document.RootElement));
        }
        catch (JsonException e)
        {
            throw KedgeException.Usage($"{path}:{e.LineNumber + 1}: not valid JSON: {FirstSentence(e.Message)}", e);
        }
    }

    private static IReadOnlyList<InstrumentSpec> Read(JsonPlace root)
    {
        root.Allow("$schema", "instruments");
        List<InstrumentSpec> specs = [.. root.Items("instruments").Select(ReadInstrument)];
        string? twice = specs.GroupBy(s => s.Symbol, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw root.Wrong("instruments", $"'{twice}' is there twice");
        }

        return [.. specs.OrderBy(s => s.Symbol, StringComparer.Ordinal)];
    }

    private static InstrumentSpec ReadInstrument(JsonPlace item)
    {
        item.Allow("symbol", "sizeDecimals", "maxPriceDecimals", "priceSignificantFigures", "minNotionalUsd", "tiers");
        List<LeverageTier> tiers = [];
        foreach (JsonPlace tier in item.Items("tiers"))
        {
            tier.Allow("lowerBoundUsd", "maxLeverage");
            double bound = tier.Number("lowerBoundUsd", 0.0, double.MaxValue);
            if (tiers.Count == 0 ? bound != 0.0 : bound <= tiers[^1].LowerBoundUsd)
            {
                throw tier.Wrong(
                    "lowerBoundUsd",
                    tiers.Count == 0 ? "must be 0 in the first tier" : "must be above that of the tier before"
                );
            }

            tiers.Add(new LeverageTier(bound, tier.Number("maxLeverage", 1.0, 1_000.0)));
        }

        if (tiers.Count > InstrumentTerms.MaxTiers)
        {
            throw item.Wrong("tiers", $"has {tiers.Count} tiers, at most {InstrumentTerms.MaxTiers} are supported");
        }

        return new InstrumentSpec(
            item.Text("symbol"),
            item.Integer("sizeDecimals", 0, MaxDecimals),
            item.Integer("maxPriceDecimals", 0, MaxDecimals),
            item.Integer("priceSignificantFigures", 0, 17),
            item.Number("minNotionalUsd", 0.0, double.MaxValue),
            tiers
        );
    }

    /// <summary>The parser appends its own line and position, counted from 0; ours stands in front.</summary>
    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
