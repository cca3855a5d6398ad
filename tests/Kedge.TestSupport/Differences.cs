using System.Globalization;

namespace Kedge.TestSupport;

/// <summary>Collects what differs between an expected and an actual result; a test shows the first few at once.</summary>
public sealed class Differences
{
    private const int Shown = 12;
    private readonly List<string> _lines = [];

    /// <summary>Number of differences.</summary>
    public int Count { get; private set; }

    /// <summary>Demands equality.</summary>
    public void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Add(what, expected, actual);
        }
    }

    /// <summary>Demands closeness.</summary>
    public void Close(
        string what,
        double expected,
        double actual,
        double relative = Closeness.FullPrecision,
        double absolute = 0.0
    )
    {
        if (!Closeness.Agree(expected, actual, relative, absolute))
        {
            Add(what, expected, actual);
        }
    }

    /// <summary>The first differences, one a line; empty when there are none.</summary>
    public override string ToString() =>
        Count == 0 ? "" : $"{Count} differences:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}";

    private void Add(string what, object? expected, object? actual)
    {
        Count++;
        if (Count <= Shown)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {what}: expected {expected}, got {actual}"));
        }
    }
}
