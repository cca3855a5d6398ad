using System.Globalization;

namespace Kedge.Crypto.Tests;

public sealed class KeyAndAddressTests
{
    /// <summary>The examples of EIP-55.</summary>
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Checksums_are_those_of_the_standard(string text)
    {
        Assert.True(Address.TryParseChecked(text, out Address address));
        Assert.Equal(text, address.ToChecksum());
        Assert.Equal(text.ToLowerInvariant(), address.ToString());
    }

    [Fact]
    public void Mixed_case_that_is_no_checksum_is_refused_where_a_person_typed_it()
    {
        const string Wrong = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD";
        Assert.False(Address.TryParseChecked(Wrong, out _));
        Assert.True(Address.TryParse(Wrong, out Address address));
        Assert.True(Address.TryParseChecked(Wrong.ToLowerInvariant(), out Address same));
        Assert.Equal(address, same);
        Assert.True(Address.TryParse(Wrong.AsSpan(2), out same));
        Assert.Equal(address, same);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA\u0660d")]
    public void What_is_no_address_is_refused(string text) => Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void Hexadecimal_takes_exactly_the_digits()
    {
        Span<byte> one = stackalloc byte[1];
        for (int c = 0; c < 0x300; c++)
        {
            bool digit = c < 128 && char.IsAsciiHexDigit((char)c);
            Assert.Equal(digit, Hex.TryParsePadded([(char)c], one));
            Assert.Equal(digit ? int.Parse([(char)c], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0, one[0]);
        }
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("01")]
    [InlineData("not a key")]
    public void Keys_outside_their_range_are_refused(string text) => Assert.False(PrivateKey.TryParse(text, out _));

    [Fact]
    public void Keys_show_themselves_to_nobody()
    {
        using PrivateKey key = PrivateKey.Generate();
        Assert.Equal("(private key)", key.ToString());
        Assert.Equal("(private key)", $"{key}");
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(key));
        Assert.DoesNotContain(typeof(PrivateKey).GetProperties(), p => p.Name.Contains("Byte", StringComparison.Ordinal));
    }

    [Fact]
    public void Disposed_keys_are_zero_and_sign_nothing()
    {
        PrivateKey key = PrivateKey.Generate();
        ReadOnlySpan<byte> bytes = key.Bytes;
        key.Dispose();
        Assert.True(bytes.IndexOfAnyExcept((byte)0) < 0);
        foreach (Secp256k1 curve in SigningVectors.Implementations)
        {
            Assert.Throws<ObjectDisposedException>(() => curve.Sign(default, key));
            Assert.Throws<ObjectDisposedException>(() => curve.PublicKeyOf(key));
        }
    }
}
