using System.Globalization;
using System.Text.Json;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>A flat JSON object of an administrator's request. The first thing that is wrong with it is kept; nothing throws.</summary>
internal sealed class AdminBody
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private AdminBody() { }

    /// <summary>What is wrong, or null.</summary>
    public string? Problem { get; private set; }

    public static AdminBody Read(ReadOnlyMemory<byte> bytes)
    {
        AdminBody body = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                body.Problem = "the body must be a JSON object";
                return body;
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!body._values.TryAdd(property.Name, property.Value.Clone()))
                {
                    body.Problem ??= $"{Shown(property.Name)} occurs twice";
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            body.Problem = $"not valid JSON: {broken.Message.ReplaceLineEndings(" ")}";
        }

        return body;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Says that a value is wrong; the first one counts.</summary>
    public void Refuse(string problem) => Problem ??= problem;

    public string? Text(string key)
    {
        if (!Take(key, out JsonElement value))
        {
            return null;
        }

        try
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
        }

        Refuse($"{key} must be a text");
        return null;
    }

    public long Integer(string key, long min, long max)
    {
        if (!Take(key, out JsonElement value))
        {
            return min;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(string.Create(CultureInfo.InvariantCulture, $"{key} must be a whole number from {min} to {max}"));
        return min;
    }

    /// <summary>USD with up to six decimals, a number or a text, as micro-USD.</summary>
    public long Usd(string key)
    {
        if (!Take(key, out JsonElement value))
        {
            return 0;
        }

        string text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(key) ?? "";
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd);
        if (isNumber && usd <= Bounds.MoneyMax / Bounds.Usd && usd * Bounds.Usd == decimal.Truncate(usd * Bounds.Usd))
        {
            return (long)(usd * Bounds.Usd);
        }

        Refuse($"{key} must be an amount with at most six decimals, from 0 to {Bounds.MoneyMax / Bounds.Usd}");
        return 0;
    }

    public Address Account(string key)
    {
        string? text = Text(key);
        if (text is null)
        {
            return default;
        }

        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        if (
            digits.Length == 40
            && uint.TryParse(digits[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint high)
            && UInt128.TryParse(digits[8..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 low)
        )
        {
            return new Address(high, low);
        }

        Refuse($"{key} must be an address: 0x and forty hex digits");
        return default;
    }

    /// <summary>Refuses keys nobody has asked for.</summary>
    public void RefuseUnused()
    {
        string? unknown = _values.Keys.FirstOrDefault(key => !_used.Contains(key));
        if (unknown is not null)
        {
            Refuse($"{Shown(unknown)} is not known here");
        }
    }

    private bool Take(string key, out JsonElement value)
    {
        _used.Add(key);
        if (_values.TryGetValue(key, out value))
        {
            return true;
        }

        Refuse($"{key} is missing");
        return false;
    }

    private static string Shown(string text) => $"'{(text.Length > 40 ? text[..40] : text)}'";
}
