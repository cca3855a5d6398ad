using System.Text.Unicode;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>
/// Says whether bytes are one JSON value within our bounds, without an exception. The framework's reader throws on bad input; after this
/// check it has no cause to.
/// </summary>
internal ref struct JsonSyntax
{
    /// <summary>Longest payload. 5,000 candles are below a megabyte.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Deepest nesting. The venue's own is below ten.</summary>
    public const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> text;
    private int at;
    private DecodeProblem problem;

    private JsonSyntax(ReadOnlySpan<byte> text) => this.text = text;

    /// <summary>The first problem, and where it is.</summary>
    public static DecodeProblem Check(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.IsEmpty)
        {
            return DecodeProblem.Empty;
        }

        if (text.Length > MaxBytes)
        {
            return DecodeProblem.TooLong;
        }

        if (!Utf8.IsValid(text))
        {
            return DecodeProblem.InvalidUtf8;
        }

        JsonSyntax syntax = new(text);
        syntax.Document();
        offset = syntax.at;
        return syntax.problem;
    }

    private void Document()
    {
        ulong objects = 0; // One bit a level: object or list.
        int depth = 0;
        while (true)
        {
            // A value is due.
            byte c = Peek();
            if (problem != DecodeProblem.None)
            {
                return;
            }

            if (c is (byte)'{' or (byte)'[')
            {
                if (depth == MaxDepth)
                {
                    problem = DecodeProblem.TooDeep;
                    return;
                }

                at++;
                bool isObject = c == (byte)'{';
                objects = (objects << 1) | (isObject ? 1UL : 0UL);
                depth++;
                if (Peek() != (isObject ? (byte)'}' : (byte)']'))
                {
                    if (isObject && !Name())
                    {
                        return;
                    }

                    continue;
                }
            }
            else if (!Scalar(c))
            {
                return;
            }

            // A value has ended, or a list or object is about to.
            while (true)
            {
                if (depth == 0)
                {
                    SkipBlanks();
                    problem = at == text.Length ? DecodeProblem.None : DecodeProblem.TrailingBytes;
                    return;
                }

                byte next = Peek();
                bool inObject = (objects & 1) != 0;
                if (next == (inObject ? (byte)'}' : (byte)']'))
                {
                    at++;
                    objects >>= 1;
                    depth--;
                    continue;
                }

                if (next != (byte)',')
                {
                    Malformed();
                    return;
                }

                at++;
                if (inObject && !Name())
                {
                    return;
                }

                break;
            }
        }
    }

    private bool Name()
    {
        if (Peek() != (byte)'"')
        {
            return Malformed();
        }

        if (!Text())
        {
            return false;
        }

        if (Peek() != (byte)':')
        {
            return Malformed();
        }

        at++;
        return true;
    }

    private bool Scalar(byte c) =>
        c switch
        {
            (byte)'"' => Text(),
            (byte)'t' => Word("true"u8),
            (byte)'f' => Word("false"u8),
            (byte)'n' => Word("null"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(),
            _ => Malformed(),
        };

    private bool Word(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> rest = text[at..];
        if (rest.StartsWith(word))
        {
            at += word.Length;
            return true;
        }

        return word.StartsWith(rest) ? Truncated() : Malformed();
    }

    private bool Number()
    {
        at += text[at] == (byte)'-' ? 1 : 0;
        if (at < text.Length && text[at] == (byte)'0')
        {
            at++;
        }
        else if (!Digits())
        {
            return false;
        }

        if (at < text.Length && text[at] == (byte)'.')
        {
            at++;
            if (!Digits())
            {
                return false;
            }
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            return Digits();
        }

        return true;
    }

    private bool Digits()
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at > start || Malformed();
    }

    private bool Text()
    {
        at++;
        while (at < text.Length)
        {
            byte c = text[at];
            if (c == (byte)'"')
            {
                at++;
                return true;
            }

            if (c < 0x20)
            {
                return Malformed();
            }

            at++;
            if (c == (byte)'\\' && !Escape())
            {
                return false;
            }
        }

        return Truncated();
    }

    private bool Escape()
    {
        if (at == text.Length)
        {
            return Truncated();
        }

        byte c = text[at++];
        if (c != (byte)'u')
        {
            return "\"\\/bfnrt"u8.Contains(c) || Malformed();
        }

        if (!Unit(out int unit))
        {
            return false;
        }

        if (unit is >= 0xD800 and <= 0xDBFF)
        {
            if (!text[at..].StartsWith("\\u"u8))
            {
                return Half();
            }

            at += 2;
            return Unit(out int low) && (low is >= 0xDC00 and <= 0xDFFF || Half());
        }

        return unit is not (>= 0xDC00 and <= 0xDFFF) || Half();
    }

    private bool Unit(out int unit)
    {
        unit = 0;
        for (int i = 0; i < 4; i++)
        {
            if (at == text.Length)
            {
                return Truncated();
            }

            char c = (char)text[at];
            if (!char.IsAsciiHexDigit(c))
            {
                return Malformed();
            }

            unit = (unit << 4) | (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            at++;
        }

        return true;
    }

    /// <summary>The next byte that is no blank; 0 and a problem at the end.</summary>
    private byte Peek()
    {
        SkipBlanks();
        if (at < text.Length)
        {
            return text[at];
        }

        Truncated();
        return 0;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }

    private bool Half() => Fail(DecodeProblem.InvalidUtf8);

    private bool Truncated() => Fail(DecodeProblem.Truncated);

    private bool Malformed() => Fail(at == text.Length ? DecodeProblem.Truncated : DecodeProblem.Malformed);

    private bool Fail(DecodeProblem reason)
    {
        problem = problem == DecodeProblem.None ? reason : problem;
        return false;
    }
}
