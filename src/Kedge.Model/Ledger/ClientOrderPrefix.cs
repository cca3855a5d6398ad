using System.Globalization;
using Kedge.Model.Orders;

namespace Kedge.Model.Ledger;

/// <summary>The four bytes with which our client order ids begin (<c>AI_QUANT_OMS_CLOID_PREFIX</c>): by them we know our orders.</summary>
/// <param name="Value">The bytes, first byte highest.</param>
public readonly record struct ClientOrderPrefix(uint Value)
{
    /// <summary>The engine's: <c>aiq_</c>, bytes 61 69 71 5f.</summary>
    public static ClientOrderPrefix Engine { get; } = new(0x6169_715f);

    /// <summary>An operator's: <c>man_</c>, bytes 6d 61 6e 5f.</summary>
    public static ClientOrderPrefix Operator { get; } = new(0x6d61_6e5f);

    /// <summary>Whether an order's id begins with it.</summary>
    public bool Owns(ClientOrderId id) => !id.IsNone && (uint)(id.Value >> 96) == Value;

    /// <summary>Reads four ASCII characters, or <c>0x</c> and eight hex digits. Zero bytes only are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientOrderPrefix prefix)
    {
        uint value = 0;
        bool isOk = text.Length switch
        {
            4 => TryAscii(text, out value),
            10 => (text.StartsWith("0x") || text.StartsWith("0X"))
                && uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
        prefix = new ClientOrderPrefix(isOk ? value : 0);
        return isOk && value != 0;
    }

    private static bool TryAscii(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }

            value = (value << 8) | c;
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value.ToString("x8", CultureInfo.InvariantCulture)}";
}
