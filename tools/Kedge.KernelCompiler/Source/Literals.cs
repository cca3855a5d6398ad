using System.Globalization;

namespace Kedge.KernelCompiler.Source;

/// <summary>Constants as C writes them, to the last bit.</summary>
internal static class Literals
{
    private const int FractionBits = 52;
    private const int ExponentBias = 1023;

    public static string Int32(int value) =>
        value == int.MinValue ? "(-2147483647 - 1)" : value.ToString(CultureInfo.InvariantCulture);

    public static string Int64(long value) =>
        value == long.MinValue ? "(-9223372036854775807LL - 1)" : value.ToString(CultureInfo.InvariantCulture) + "LL";

    /// <summary>Hexadecimal floating point: nothing is rounded. What is not finite goes by its bits.</summary>
    public static string Double(long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        if (!double.IsFinite(value))
        {
            return $"kedge_bits(0x{bits:x16}ULL)";
        }

        string sign = bits < 0 ? "-" : "";
        int exponent = (int)((bits >> FractionBits) & 0x7FF);
        long fraction = bits & ((1L << FractionBits) - 1);
        if (exponent == 0)
        {
            return fraction == 0 ? sign + "0x0p+0" : $"{sign}0x0.{fraction:x13}p-1022";
        }

        string digits = fraction == 0 ? "" : "." + fraction.ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        int power = exponent - ExponentBias;
        return $"{sign}0x1{digits}p{(power < 0 ? "" : "+")}{power.ToString(CultureInfo.InvariantCulture)}";
    }
}
