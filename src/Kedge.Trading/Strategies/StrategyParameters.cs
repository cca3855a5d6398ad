using System.Globalization;
using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>What a user sets of a strategy. A strategy reads its parameters when it is made; what it does not read is a mistake of the user.</summary>
public sealed class StrategyParameters
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly SortedDictionary<string, string> _effective = new(StringComparer.Ordinal);

    /// <summary>Values as written.</summary>
    /// <param name="strategy">Name of the strategy, for messages.</param>
    /// <param name="values">Values by name.</param>
    public StrategyParameters(string strategy, IReadOnlyDictionary<string, string>? values = null)
    {
        Strategy = strategy;
        _values = values ?? new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <summary>Name of the strategy.</summary>
    public string Strategy { get; }

    /// <summary>Everything that was read, with its effective value.</summary>
    public IReadOnlyDictionary<string, string> Effective => _effective;

    /// <summary>A whole number.</summary>
    /// <exception cref="KedgeException">It is none, or out of its range (exit 2).</exception>
    public int Whole(string name, int otherwise, int lowest, int highest)
    {
        int value = otherwise;
        if (
            _values.TryGetValue(name, out string? text)
            && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        )
        {
            throw Wrong(name, $"must be a whole number, not '{text}'");
        }

        if (value < lowest || value > highest)
        {
            throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be {lowest} to {highest}, not {value}"));
        }

        _effective[name] = value.ToString(CultureInfo.InvariantCulture);
        return value;
    }

    /// <summary>A number.</summary>
    /// <exception cref="KedgeException">It is none, or out of its range (exit 2).</exception>
    public double Number(string name, double otherwise, double lowest, double highest)
    {
        double value = otherwise;
        if (
            _values.TryGetValue(name, out string? text)
            && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        )
        {
            throw Wrong(name, $"must be a number, not '{text}'");
        }

        if (!(value >= lowest && value <= highest))
        {
            throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be {lowest} to {highest}, not {value}"));
        }

        _effective[name] = value.ToString("R", CultureInfo.InvariantCulture);
        return value;
    }

    /// <summary>Yes or no: <c>true</c> or <c>false</c>.</summary>
    /// <exception cref="KedgeException">It is neither (exit 2).</exception>
    public bool Flag(string name, bool otherwise)
    {
        bool value = otherwise;
        if (_values.TryGetValue(name, out string? text) && !bool.TryParse(text, out value))
        {
            throw Wrong(name, $"must be true or false, not '{text}'");
        }

        _effective[name] = value ? "true" : "false";
        return value;
    }

    /// <summary>A failure that names a parameter of the strategy.</summary>
    public KedgeException Wrong(string name, string what) => KedgeException.Usage($"strategy {Strategy}: {name} {what}");

    internal void RequireAllRead()
    {
        if (_values.Keys.FirstOrDefault(k => !_effective.ContainsKey(k)) is { } unknown)
        {
            string known = _effective.Count == 0 ? "it has none" : $"it has {string.Join(", ", _effective.Keys)}";
            throw Wrong(unknown, $"is not a parameter; {known}");
        }
    }
}
