namespace Kedge.Model;

/// <summary>Length of a candle, one of a closed set: 1m 3m 5m 15m 30m 1h 4h 1d.</summary>
public readonly record struct Interval
{
    private static readonly (string Name, long Ms)[] Known =
    [
        ("1m", 60_000),
        ("3m", 180_000),
        ("5m", 300_000),
        ("15m", 900_000),
        ("30m", 1_800_000),
        ("1h", 3_600_000),
        ("4h", 14_400_000),
        ("1d", 86_400_000),
    ];

    private Interval(string name, long ms)
    {
        Name = name;
        Ms = ms;
    }

    /// <summary>Name as users write it, e.g. <c>5m</c>.</summary>
    public string Name { get; }

    /// <summary>Length in milliseconds.</summary>
    public long Ms { get; }

    /// <summary>All names, shortest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>One hour: the default main interval.</summary>
    public static Interval OneHour { get; } = Parse("1h");

    /// <summary>Reads a name; false when it is not one of the set.</summary>
    public static bool TryParse(string? text, out Interval interval)
    {
        foreach ((string name, long ms) in Known)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                interval = new Interval(name, ms);
                return true;
            }
        }

        interval = default;
        return false;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">The name is not one of the set.</exception>
    public static Interval Parse(string text) =>
        TryParse(text, out Interval interval)
            ? interval
            : throw new FormatException($"unknown interval '{text}'; one of {string.Join(' ', Names)}");

    /// <inheritdoc/>
    public override string ToString() => Name ?? "";
}
