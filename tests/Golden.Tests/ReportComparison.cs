using System.Text.Json;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>Compares everything a golden report holds with ours; fields only we have do not matter.</summary>
internal static class ReportComparison
{
    /// <summary>Walks the golden JSON. Integers and texts must be the same, other numbers close.</summary>
    public static void Compare(string path, JsonElement golden, JsonElement ours, Differences d)
    {
        d.Same($"{path} kind", golden.ValueKind, ours.ValueKind);
        if (golden.ValueKind != ours.ValueKind)
        {
            return;
        }

        switch (golden.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in golden.EnumerateObject())
                {
                    JsonElement other = ours.TryGetProperty(property.Name, out JsonElement found) ? found : default;
                    Compare($"{path}.{property.Name}", property.Value, other, d);
                }

                break;
            case JsonValueKind.Array:
                d.Same($"{path} length", golden.GetArrayLength(), ours.GetArrayLength());
                foreach ((int i, (JsonElement g, JsonElement o)) in golden.EnumerateArray().Zip(ours.EnumerateArray()).Index())
                {
                    Compare($"{path}[{i}]", g, o, d);
                }

                break;
            case JsonValueKind.Number when golden.TryGetInt64(out long count):
                d.Same(path, (double)count, ours.GetDouble());
                break;
            case JsonValueKind.Number:
                d.Close(path, golden.GetDouble(), ours.GetDouble());
                break;
            default:
                d.Same(path, golden.ToString(), ours.ToString());
                break;
        }
    }
}
