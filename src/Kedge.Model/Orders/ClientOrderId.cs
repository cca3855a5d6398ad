using System.Globalization;

namespace Kedge.Model.Orders;

/// <summary>The 128 bits by which we know an order before the venue does. Never sent twice. Zero is none.</summary>
/// <param name="Value">The bits; on the wire <c>0x</c> and 32 lower-case hex digits.</param>
public readonly record struct ClientOrderId(UInt128 Value)
{
    /// <summary>Whether there is one.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Reads <c>0x</c> and 32 hex digits, any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientOrderId id)
    {
        UInt128 value = 0;
        bool isOk =
            text.Length == 34
            && text[0] == '0'
            && (text[1] is 'x' or 'X')
            && UInt128.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        id = isOk ? new ClientOrderId(value) : default;
        return isOk;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"0x{(ulong)(Value >> 64):x16}{(ulong)(Value & ulong.MaxValue):x16}");
}
