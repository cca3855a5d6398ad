using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Numbers and ids as text where <see cref="VenueJson"/> has no member to write.</summary>
internal static class WireText
{
    private const int LongestText = 48;

    /// <summary>As <see cref="VenueJson.Format"/>.</summary>
    public static string Text(long value, int decimals)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return Encoding.ASCII.GetString(text[..VenueJson.Format(value, decimals, text)]);
    }

    /// <summary>A number that is not whole in any unit, rounded to so many decimals.</summary>
    public static string Text(decimal value, int decimals)
    {
        decimal rounded = decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0m : rounded).ToString("0.0" + new string('#', decimals - 1), CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a scaled integer.</summary>
    public static void Scaled(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long value, int decimals) =>
        VenueJson.Scaled(json, name, value, decimals);

    /// <summary>Writes micro-USD.</summary>
    public static void Usd(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long micros) => VenueJson.Usd(json, name, micros);
}
