using System.Globalization;

namespace Kedge.Model.Ledger;

/// <summary>
/// Money, a price or a size as a ledger keeps it: exactly. A venue's figure is a decimal; paper's is a double, which keeps its bits. Either is written as
/// a plain decimal number without exponent and trailing zeros, so that the same amount has the same text; a double gets the shortest digits that give
/// it back. Sums are those of decimals, exact to 28 digits, unless a number does not fit a decimal. Minus zero is zero.
/// </summary>
public readonly record struct Amount
{
    /// <summary>Characters the longest text has: a double's sign, "0.", 323 zeros and 17 digits, with some room.</summary>
    public const int MaxTextLength = 352;

    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    // Only for a double that no decimal holds exactly, else zero: what has the same text is then the same value.
    private readonly double _wide;
    private readonly decimal _exact;

    private Amount(decimal exact, double wide)
    {
        _exact = exact;
        _wide = wide;
    }

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => _exact == 0 && _wide == 0;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _wide != 0 ? Math.Sign(_wide) : Math.Sign(_exact);

    /// <summary>A decimal.</summary>
    public static Amount Of(decimal value) => new(value, 0);

    /// <summary>A double; every bit comes back but the sign of zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static Amount Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number can be booked.");
        }

        Span<char> digits = stackalloc char[32];
        _ = value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
        return
            decimal.TryParse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && ToDouble(exact) == value
            ? new Amount(exact, 0)
            : new Amount(0, value);
    }

    /// <summary>A decimal.</summary>
    public static implicit operator Amount(decimal value) => Of(value);

    /// <summary>A double.</summary>
    public static implicit operator Amount(double value) => Of(value);

    /// <summary>The sum.</summary>
    public static Amount operator +(Amount a, Amount b) =>
        a._wide == 0 && b._wide == 0 ? Of(a._exact + b._exact) : Of(a.ToDouble() + b.ToDouble());

    /// <summary>The difference.</summary>
    public static Amount operator -(Amount a, Amount b) =>
        a._wide == 0 && b._wide == 0 ? Of(a._exact - b._exact) : Of(a.ToDouble() - b.ToDouble());

    /// <summary>The opposite.</summary>
    public static Amount operator -(Amount a) => new(-a._exact, -a._wide);

    /// <summary>Reads the text that <see cref="ToString"/> writes; nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        if (
            text.Length is 0 or > MaxTextLength
            || !decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal exact)
        )
        {
            return text.Length is > 0 and <= MaxTextLength && TryParseWide(text, out amount);
        }

        Span<char> again = stackalloc char[MaxTextLength];
        if (Write(exact, again) is int length && text.SequenceEqual(again[..length]))
        {
            amount = Of(exact);
            return true;
        }

        return TryParseWide(text, out amount);
    }

    /// <summary>Reads the text that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static Amount Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Amount amount) ? amount : throw new FormatException($"'{text}' is not a canonical amount");

    /// <summary>As a decimal: itself, or a double rounded to what a decimal holds.</summary>
    /// <exception cref="OverflowException">A double that is too large for a decimal.</exception>
    public decimal ToDecimal() => _wide == 0 ? _exact : (decimal)_wide;

    /// <summary>As a double: its bits if it was one, else the nearest.</summary>
    public double ToDouble() => _wide == 0 ? ToDouble(_exact) : _wide;

    /// <summary>The canonical text: digits, at most one point and one minus.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxTextLength];
        return new string(text[..Write(text)]);
    }

    /// <summary>Writes the canonical text; at most 352 characters.</summary>
    /// <returns>How many characters.</returns>
    public int Write(Span<char> text) => _wide == 0 ? Write(_exact, text) : Write(_wide, text);

    private static bool TryParseWide(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        if (!double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            return false;
        }

        Amount read = Of(value);
        Span<char> again = stackalloc char[MaxTextLength];
        if (!text.SequenceEqual(again[..read.Write(again)]))
        {
            return false;
        }

        amount = read;
        return true;
    }

    // A cast may round twice; reading the digits rounds once.
    private static double ToDouble(decimal value)
    {
        Span<char> text = stackalloc char[32];
        _ = value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static int Write(decimal value, Span<char> text)
    {
        if (value == 0)
        {
            text[0] = '0';
            return 1;
        }

        _ = value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        if (text[..length].Contains('.'))
        {
            while (text[length - 1] == '0')
            {
                length--;
            }

            if (text[length - 1] == '.')
            {
                length--;
            }
        }

        return length;
    }

    private static int Write(double value, Span<char> text)
    {
        Span<char> scientific = stackalloc char[32];
        _ = value.TryFormat(scientific, out int written, "R", CultureInfo.InvariantCulture);
        return Positional(scientific[..written], text);
    }

    // "-1.234E-15" → "-0.000000000000001234".
    private static int Positional(ReadOnlySpan<char> scientific, Span<char> text)
    {
        int mark = scientific.IndexOf('E');
        int exponent =
            mark < 0 ? 0 : int.Parse(scientific[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> mantissa = mark < 0 ? scientific : scientific[..mark];
        int length = 0;
        if (mantissa[0] == '-')
        {
            text[length++] = '-';
            mantissa = mantissa[1..];
        }

        int point = mantissa.IndexOf('.');
        Span<char> digits = stackalloc char[32];
        int count = 0;
        int whole = (point < 0 ? mantissa.Length : point) + exponent;
        foreach (char c in mantissa)
        {
            if (c != '.')
            {
                digits[count++] = c;
            }
        }

        if (whole <= 0)
        {
            text[length++] = '0';
            text[length++] = '.';
            text.Slice(length, -whole).Fill('0');
            length += -whole;
            digits[..count].CopyTo(text[length..]);
            return length + count;
        }

        if (whole >= count)
        {
            digits[..count].CopyTo(text[length..]);
            text.Slice(length + count, whole - count).Fill('0');
            return length + whole;
        }

        digits[..whole].CopyTo(text[length..]);
        length += whole;
        text[length++] = '.';
        digits[whole..count].CopyTo(text[length..]);
        return length + count - whole;
    }
}
