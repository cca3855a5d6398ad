using System.Text;
using Kedge.TestSupport;
using Org.BouncyCastle.Crypto.Digests;

namespace Kedge.Crypto.Tests;

/// <summary>Published hashes, and another implementation at every length around the rate of 136 bytes.</summary>
public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("testing", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02")]
    [InlineData(
        "The quick brown fox jumps over the lazy dog",
        "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"
    )]
    public void Published_hashes_come_out(string text, string hash) =>
        Assert.Equal("0x" + hash, Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToString());

    [Fact]
    public void Agrees_with_another_implementation_at_every_length_around_the_rate()
    {
        byte[] input = new byte[3 * 136 + 9];
        new Random(20261120).NextBytes(input);
        for (int length = 0; length <= input.Length; length++)
        {
            Assert.Equal(Reference(input.AsSpan(0, length)), Keccak256.Hash(input.AsSpan(0, length)).ToString());
        }
    }

    [Fact]
    public void Pieces_make_the_hash_of_the_whole()
    {
        Random random = new(7);
        byte[] input = new byte[5_000];
        random.NextBytes(input);
        string expected = Reference(input);
        for (int i = 0; i < 50; i++)
        {
            Keccak256 hash = default;
            for (int at = 0; at < input.Length; )
            {
                int length = Math.Min(input.Length - at, random.Next(0, 300));
                hash.Append(input.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(expected, hash.Finish().ToString());
        }
    }

    [Fact]
    public void Allocates_nothing()
    {
        byte[] input = new byte[1_000];
        Keccak256.Hash(input);
        Assert.Equal(0, Allocations.Of(() => Keccak256.Hash(input)));
    }

    private static string Reference(ReadOnlySpan<byte> input)
    {
        KeccakDigest digest = new(256);
        digest.BlockUpdate(input.ToArray(), 0, input.Length);
        byte[] hash = new byte[32];
        digest.DoFinal(hash, 0);
        return Hex.Format(hash);
    }
}
