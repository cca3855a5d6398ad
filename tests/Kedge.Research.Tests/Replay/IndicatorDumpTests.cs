using System.Globalization;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Replay;

/// <summary>The dump against recorded ones: the public form byte for byte, the full one number for number.</summary>
public sealed class IndicatorDumpTests
{
    private const string Candles = "golden/data/hl12_1h.csv.xz";
    private const string Rounded = "golden/indicators/BTC_1h_default.csv.xz";
    private const string Full = "golden/indicators/BTC_1h_default.full.csv.xz";

    [Fact]
    public void The_public_form_has_the_recorded_bytes()
    {
        SkipWithoutData();
        using TextReader recorded = ReferenceData.OpenXz(Rounded);
        Assert.Equal(recorded.ReadToEnd(), Dump(full: false));
    }

    [Fact]
    public void The_full_form_has_the_recorded_numbers_in_all_35_fields()
    {
        SkipWithoutData();
        using TextReader recorded = ReferenceData.OpenXz(Full);
        string[] expected = recorded.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] actual = Dump(full: true).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            expected[0].Trim().Split(',').Order(StringComparer.Ordinal),
            actual[0].Split(',').Order(StringComparer.Ordinal)
        );
        Assert.Equal(35, actual[0].Split(',').Length);
        Assert.Equal(expected.Length, actual.Length);
        string[] names = expected[0].Trim().Split(',');
        int[] columns = [.. names.Select(n => Array.IndexOf(actual[0].Split(','), n))];
        for (int i = 1; i < expected.Length; i++)
        {
            string[] a = expected[i].Trim().Split(',');
            string[] b = actual[i].Split(',');
            for (int k = 0; k < a.Length; k++)
            {
                double want = Number(a[k]);
                double got = Number(b[columns[k]]);
                Assert.True(
                    Math.Abs(want - got) <= 1e-9 * Math.Abs(want),
                    $"line {i + 1}, {names[k]}: {a[k]} and {b[columns[k]]}"
                );
            }
        }
    }

    private static void SkipWithoutData()
    {
        string? why = ReferenceData.WhyAbsent(Candles, Rounded, Full);
        Assert.SkipWhen(why is not null, why ?? "");
    }

    private static string Dump(bool full)
    {
        List<Bar> bars = [];
        using (TextReader reader = ReferenceData.OpenXz(Candles))
        {
            while (reader.ReadLine() is { } line)
            {
                string[] f = line.Split(',');
                if (string.Equals(f[0], "BTC", StringComparison.Ordinal))
                {
                    bars.Add(new Bar((long)Number(f[1]), Number(f[2]), Number(f[3]), Number(f[4]), Number(f[5]), Number(f[6])));
                }
            }
        }

        using MemoryCandles set = new(Interval.OneHour, new Dictionary<string, List<Bar>> { ["BTC"] = bars });
        using StringWriter writer = new(CultureInfo.InvariantCulture);
        IndicatorDump.Write(writer, set.Bars(0), KeyTable.Defaults, full);
        return writer.ToString();
    }

    private static double Number(string text) =>
        text switch
        {
            "true" => 1.0,
            "false" => 0.0,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
}
