using System.Text.Json;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>
/// Reads checked JSON field by field. The first problem sticks: from then on nothing more is found and values are empty, so that a decoder
/// reads straight through and asks once, at the end.
/// </summary>
internal ref struct WireReader
{
    /// <summary>Longest symbol, id, hash or word.</summary>
    public const int MaxWordBytes = 256;

    /// <summary>Longest text for people.</summary>
    public const int MaxTextBytes = 8192;

    /// <summary>Longest list. The venue's longest has 5,000 items.</summary>
    public const int MaxItems = 50_000;

    /// <summary>Last millisecond of the year 9999.</summary>
    private const long MaxTimeMs = 253_402_300_799_999;

    private readonly ReadOnlySpan<byte> text;
    private Utf8JsonReader json;
    private FieldSet? fields;
    private int fieldIndex;

    /// <summary>Checks the bytes and stands on the first value.</summary>
    public WireReader(ReadOnlySpan<byte> text)
    {
        this.text = text;
        fieldIndex = -1;
        Problem = JsonSyntax.Check(text, out int offset);
        Offset = offset;
        if (Problem == DecodeProblem.None)
        {
            json = new Utf8JsonReader(text);
            json.Read();
        }
    }

    /// <summary>The first problem.</summary>
    public DecodeProblem Problem { get; private set; }

    /// <summary>Where the first problem was found.</summary>
    public int Offset { get; private set; }

    /// <summary>The field of the first problem.</summary>
    public readonly string? Field => fields is not null && fieldIndex >= 0 ? fields.Name(fieldIndex) : null;

    /// <summary>Whether nothing went wrong so far.</summary>
    public readonly bool IsOk => Problem == DecodeProblem.None;

    /// <summary>Whether the value at hand is null.</summary>
    public readonly bool IsNull => json.TokenType == JsonTokenType.Null;

    /// <summary>Whether the value at hand is an object.</summary>
    public readonly bool IsObject => json.TokenType == JsonTokenType.StartObject;

    /// <summary>Whether the value at hand is a text.</summary>
    public readonly bool IsText => json.TokenType == JsonTokenType.String;

    /// <summary>Enters the object at hand.</summary>
    public FieldCursor Object()
    {
        Expect(JsonTokenType.StartObject);
        return new FieldCursor { Field = -1 };
    }

    /// <summary>Goes to the next known field's value; false at the end of the object or at a problem.</summary>
    public bool Next(FieldSet set, ref FieldCursor cursor)
    {
        while (IsOk && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int index = json.ValueIsEscaped ? EscapedIndex(set) : set.IndexOf(json.ValueSpan, cursor.Field);
            json.Read();
            if (index < 0)
            {
                json.Skip();
                continue;
            }

            (fields, fieldIndex) = (set, index);
            cursor.Field = index;
            if (cursor.Has(index))
            {
                return Fail(DecodeProblem.DuplicateField);
            }

            cursor.Seen |= 1u << index;
            return true;
        }

        if (IsOk && set.Missing(cursor.Seen) is >= 0 and int missing)
        {
            (fields, fieldIndex) = (set, missing);
            Fail(DecodeProblem.MissingField);
        }

        return false;
    }

    /// <summary>Goes to the next name of the object at hand, of which any may stand there, and leaves the reader on it.</summary>
    public bool NextName() => IsOk && json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>From a name to its value.</summary>
    public void ToValue() => json.Read();

    /// <summary>The name or short text at hand as bytes, which are in the buffer if it had escapes; too long a one is empty.</summary>
    public readonly ReadOnlySpan<byte> Word(Span<byte> buffer)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan;
        }

        return json.ValueSpan.Length > buffer.Length ? default : buffer[..json.CopyString(buffer)];
    }

    /// <summary>Enters the list at hand.</summary>
    public void List() => Expect(JsonTokenType.StartArray);

    /// <summary>Goes to the next item; false at the end of the list or at a problem.</summary>
    public bool NextItem() => IsOk && json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>A whole list.</summary>
    public IReadOnlyList<T> List<T>(WirePart<T> part)
    {
        List<T> items = [];
        List();
        while (NextItem())
        {
            if (items.Count == MaxItems)
            {
                Fail(DecodeProblem.TooManyItems);
                break;
            }

            items.Add(part(ref this));
        }

        return items;
    }

    /// <summary>Passes over the value at hand and gives its bytes.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        if (!IsOk)
        {
            return default;
        }

        int start = (int)json.TokenStartIndex;
        json.Skip();
        return text[start..(int)json.BytesConsumed];
    }

    /// <summary>A symbol, id, hash or word.</summary>
    public string Word() => Text(MaxWordBytes);

    /// <summary>A text for people.</summary>
    public string Text() => Text(MaxTextBytes);

    /// <summary>A word, or null.</summary>
    public string? OptionalWord() => IsNull ? null : Word();

    /// <summary>A truth value.</summary>
    public bool Flag()
    {
        if (IsOk && json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Fail(DecodeProblem.WrongType);
        }

        return IsOk && json.TokenType == JsonTokenType.True;
    }

    /// <summary>True for <c>B</c>, false for <c>A</c>.</summary>
    public bool IsBuy()
    {
        if (!Expect(JsonTokenType.String))
        {
            return false;
        }

        bool isBuy = json.ValueTextEquals("B"u8);
        if (!isBuy && !json.ValueTextEquals("A"u8))
        {
            Fail(DecodeProblem.UnknownValue);
        }

        return isBuy;
    }

    /// <summary>A whole number within bounds.</summary>
    public long Integer(long min = 0, long max = long.MaxValue)
    {
        if (!Expect(JsonTokenType.Number))
        {
            return 0;
        }

        if (!json.TryGetInt64(out long value))
        {
            Fail(DecodeProblem.BadNumber);
            return 0;
        }

        if (value < min || value > max)
        {
            Fail(DecodeProblem.OutOfRange);
        }

        return value;
    }

    /// <summary>A time, UTC epoch milliseconds.</summary>
    public long TimeMs() => Integer(0, MaxTimeMs);

    /// <summary>Market data: any finite number.</summary>
    public double Number(double min = double.NegativeInfinity)
    {
        if (!Expect(JsonTokenType.String))
        {
            return 0.0;
        }

        DecodeProblem problem = WireDecimal.Parse(json.ValueSpan, out double value);
        if (problem != DecodeProblem.None || !(value >= min))
        {
            Fail(problem == DecodeProblem.None ? DecodeProblem.OutOfRange : problem);
        }

        return value;
    }

    /// <summary>Market data: a price above zero.</summary>
    public double Price() => Number(double.Epsilon);

    /// <summary>Market data: a price above zero if the value at hand is one; any other value is passed over and is no problem.</summary>
    public bool TryPrice(out double price)
    {
        price = 0.0;
        if (!IsOk)
        {
            return false;
        }

        if (json.TokenType == JsonTokenType.String)
        {
            return WireDecimal.Parse(json.ValueSpan, out price) == DecodeProblem.None && price > 0.0 && double.IsFinite(price);
        }

        json.Skip();
        return false;
    }

    /// <summary>Market data: a quantity, zero or more.</summary>
    public double Quantity() => Number(0.0);

    /// <summary>An exact number.</summary>
    public decimal Amount(decimal min = decimal.MinValue)
    {
        if (!Expect(JsonTokenType.String))
        {
            return 0m;
        }

        DecodeProblem problem = WireDecimal.Parse(json.ValueSpan, out decimal value);
        if (problem != DecodeProblem.None || value < min)
        {
            Fail(problem == DecodeProblem.None ? DecodeProblem.OutOfRange : problem);
        }

        return value;
    }

    /// <summary>An exact number, zero or more.</summary>
    public decimal NonNegative() => Amount(0m);

    /// <summary>An exact number above zero.</summary>
    public decimal Positive()
    {
        decimal value = Amount(0m);
        if (IsOk && value == 0m)
        {
            Fail(DecodeProblem.OutOfRange);
        }

        return value;
    }

    /// <summary>An exact number, or null.</summary>
    public decimal? OptionalAmount() => IsNull ? null : Amount();

    /// <summary>Notes the first problem; always false.</summary>
    public bool Fail(DecodeProblem problem)
    {
        if (IsOk)
        {
            Problem = problem;
            Offset = (int)json.BytesConsumed;
        }

        return false;
    }

    /// <summary>Takes over the problem of a reader that went into a part.</summary>
    public void Adopt(in WireReader part)
    {
        if (IsOk && !part.IsOk)
        {
            (Problem, Offset, fields, fieldIndex) = (part.Problem, part.Offset, part.fields, part.fieldIndex);
        }
    }

    private readonly int EscapedIndex(FieldSet set) => set.IndexOf(Word(stackalloc byte[MaxWordBytes]), -1);

    private string Text(int maxBytes)
    {
        if (!Expect(JsonTokenType.String))
        {
            return "";
        }

        if (json.ValueSpan.Length > maxBytes)
        {
            Fail(DecodeProblem.TextTooLong);
            return "";
        }

        return json.GetString()!;
    }

    private bool Expect(JsonTokenType type) => IsOk && (json.TokenType == type || Fail(DecodeProblem.WrongType));
}
