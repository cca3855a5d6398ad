namespace Kedge.Configuration;

/// <summary>
/// The value of one key. Numbers, booleans (0 or 1), tiers and enums (position of the word) are in <see cref="Number"/>,
/// intervals in <see cref="Text"/>, lists in <see cref="Items"/>.
/// </summary>
public readonly struct SettingValue
{
    private readonly string? _text;
    private readonly IReadOnlyList<string>? _items;

    /// <summary>A number, boolean, tier or enum.</summary>
    public SettingValue(double number) => Number = number;

    /// <summary>An interval.</summary>
    public SettingValue(string text) => _text = text;

    /// <summary>A list of symbols, which is sorted and freed of repetitions.</summary>
    public SettingValue(IEnumerable<string> items)
    {
        string[] sorted = [.. new SortedSet<string>(items, StringComparer.Ordinal)];
        _items = sorted;
    }

    /// <summary>Numeric value.</summary>
    public double Number { get; }

    /// <summary>Text of an interval; empty for other types.</summary>
    public string Text => _text ?? "";

    /// <summary>Sorted symbols of a list; empty for other types.</summary>
    public IReadOnlyList<string> Items => _items ?? [];
}
