using System.Text;
using System.Text.Json;

namespace Kedge.Crypto.Tests;

/// <summary>Formats of the msgpack specification at the edges of every width.</summary>
public sealed class MsgPackTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(65535, "cdffff")]
    [InlineData(65536, "ce00010000")]
    [InlineData(4294967295, "ceffffffff")]
    [InlineData(4294967296, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(-32768, "d18000")]
    [InlineData(-32769, "d2ffff7fff")]
    [InlineData(-2147483648, "d280000000")]
    [InlineData(-2147483649, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void Integers_take_their_shortest_form(long value, string hex)
    {
        Assert.Equal(hex, Written(w => w.Integer(value)));
        Assert.Equal(hex, Converted(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Largest_unsigned_integer_has_its_form()
    {
        Assert.Equal("cfffffffffffffffff", Written(w => w.Unsigned(ulong.MaxValue)));
        Assert.Equal("cfffffffffffffffff", Converted("18446744073709551615"));
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void Texts_take_their_shortest_header(int length, string header)
    {
        string text = new('x', length);
        string expected = header + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, Written(w => w.String(text)));
        Assert.Equal(expected, Written(w => w.Utf8(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Lengths_of_texts_count_bytes_not_characters()
    {
        string text = new('ж', 16);
        Assert.StartsWith("d920", Written(w => w.String(text)), StringComparison.Ordinal);
        Assert.Equal(Written(w => w.String(text)), Converted($"\"{text}\""));
        Assert.Equal(Written(w => w.String(text)), Converted(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData(0, "80", "90")]
    [InlineData(15, "8f", "9f")]
    [InlineData(16, "de0010", "dc0010")]
    [InlineData(65535, "deffff", "dcffff")]
    [InlineData(65536, "df00010000", "dd00010000")]
    public void Collections_take_their_shortest_header(int count, string map, string array)
    {
        Assert.Equal(map, Written(w => w.MapHeader(count)));
        Assert.Equal(array, Written(w => w.ArrayHeader(count)));
    }

    [Fact]
    public void Truth_and_nil_are_single_bytes() => Assert.Equal("93c3c2c0", Converted("[true, false, null]"));

    [Fact]
    public void Keys_stay_in_the_order_they_stand() =>
        Assert.Equal("83a17a01a16102a16d03", Converted("""{"z": 1, "a": 2, "m": 3}"""));

    [Fact]
    public void Escapes_are_undone_in_keys_and_values() => Assert.Equal("81a16ba3612262", Converted("""{"\u006b": "a\"b"}"""));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udfff": 1}""")]
    public void Values_without_an_agreed_form_are_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.False(MsgPackJson.TryWrite(new MsgPackWriter(), document.RootElement));
    }

    [Fact]
    public void Message_beyond_the_bound_throws()
    {
        MsgPackWriter writer = new();
        writer.String(new string('x', MsgPackWriter.MaxBytes - 5));
        Assert.Throws<InvalidOperationException>(writer.Nil);
        writer.Reset();
        writer.Nil();
        Assert.Equal(1, writer.Written.Length);
    }

    private static string Written(Action<MsgPackWriter> write)
    {
        MsgPackWriter writer = new();
        write(writer);
        return Convert.ToHexStringLower(writer.Written);
    }

    private static string Converted(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        MsgPackWriter writer = new();
        Assert.True(MsgPackJson.TryWrite(writer, document.RootElement));
        return Convert.ToHexStringLower(writer.Written);
    }
}
