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

    /// <summary>An interval or free text.</summary>
    public SettingValue(string text) => _text = text;

    private SettingValue(IReadOnlyList<string> items, double number)
    {
        _items = items;
        Number = number;
    }

    /// <summary>A list of symbols, which is sorted and freed of repetitions.</summary>
    public SettingValue(IEnumerable<string> items)
    {
        string[] sorted = [.. new SortedSet<string>(items, StringComparer.Ordinal)];
        _items = sorted;
    }

    /// <summary>A list whose order has a meaning.</summary>
    public static SettingValue InOrder(IReadOnlyList<string> items) => new(items, 0);

    /// <summary>Numeric value.</summary>
    public double Number { get; }

    /// <summary>Free text, or that of an interval; empty for other types.</summary>
    public string Text => _text ?? "";

    /// <summary>Items of a list, symbols sorted; empty for other types.</summary>
    public IReadOnlyList<string> Items => _items ?? [];
}
