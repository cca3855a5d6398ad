using System.Globalization;
using Kedge.Configuration;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Pages;

/// <summary>One axis as a page shows it: its values in order, and which of them each row has.</summary>
public sealed class PageAxis
{
    private PageAxis(string path, KeyDefinition? key, double[] values, int[] places)
    {
        Path = path;
        Key = key;
        Values = values;
        Places = places;
    }

    /// <summary>Path of the key.</summary>
    public string Path { get; }

    /// <summary>The key; null when this version does not know it.</summary>
    public KeyDefinition? Key { get; }

    /// <summary>Values that rows have, ascending.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Place of the value of each row.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>Place of the axis that switches this one in the list of axes; −1 for none.</summary>
    public int Gate { get; private set; } = -1;

    /// <summary>Place of the value of that axis which opens this one.</summary>
    public int OpenAt { get; private set; } = -1;

    /// <summary>Values as a page names them: words of the key, else numbers.</summary>
    public IEnumerable<string> Labels =>
        Values.Select(v =>
            Key is { Type: KeyType.Bool or KeyType.Tier or KeyType.Enum }
                ? Key.Format(new SettingValue(Key.Decode(v)))
                : v.ToString("R", CultureInfo.InvariantCulture)
        );

    /// <summary>Whether the axis has a meaning in a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="axes">All axes.</param>
    public bool IsOpen(int row, IReadOnlyList<PageAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return Gate < 0 || axes[Gate].Places[row] == OpenAt;
    }

    /// <summary>The axes in which rows differ, by path.</summary>
    public static IReadOnlyList<PageAxis> All(PageRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Lines.Count == 0)
        {
            return [];
        }

        List<PageAxis> axes = [];
        foreach (string path in rows.Lines[0].Overrides.Keys)
        {
            double[] column = [.. rows.Lines.Select(l => l.Overrides.TryGetValue(path, out double v) ? v : double.NaN)];
            double[] values = [.. column.Distinct().Order()];
            if (values.Length > 1)
            {
                bool known = SweepSpecReader.TryFind(path, out KeyDefinition? key, out _, out _);
                axes.Add(new PageAxis(path, known ? key : null, values, [.. column.Select(v => Array.BinarySearch(values, v))]));
            }
        }

        foreach (PageAxis axis in axes)
        {
            axis.FindGate(axes);
        }

        return axes;
    }

    /// <summary>A result file does not say which gates its search had: the switch that the key table knows is taken.</summary>
    private void FindGate(List<PageAxis> axes)
    {
        if (Key?.When is not { } when)
        {
            return;
        }

        int gate = axes.FindIndex(a => a.Path == when.Path);
        int open = gate < 0 ? -1 : axes[gate].Values.ToList().IndexOf(when.Value ? 1.0 : 0.0);
        if (open >= 0)
        {
            Gate = gate;
            OpenAt = open;
        }
    }
}
