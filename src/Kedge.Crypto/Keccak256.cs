using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kedge.Crypto;

/// <summary>
/// Keccak-256 as Ethereum uses it: the original padding (0x01), not that of SHA3-256. A value to append to and finish; it lives on the stack
/// and allocates nothing.
/// </summary>
public struct Keccak256
{
    /// <summary>Length of a hash, bytes.</summary>
    public const int HashBytes = 32;

    private const int RateBytes = 136;
    private const int Rounds = 24;

    private State _state;
    private int _filled;

    /// <summary>The hash of one piece.</summary>
    public static Bytes32 Hash(ReadOnlySpan<byte> input)
    {
        Keccak256 hash = default;
        hash.Append(input);
        return hash.Finish();
    }

    /// <summary>Takes in the next piece.</summary>
    public void Append(ReadOnlySpan<byte> input)
    {
        while (_filled % 8 != 0 && input.Length > 0)
        {
            AppendByte(input[0]);
            input = input[1..];
        }

        while (input.Length >= 8)
        {
            _state[_filled / 8] ^= BinaryPrimitives.ReadUInt64LittleEndian(input);
            input = input[8..];
            Advance(8);
        }

        foreach (byte b in input)
        {
            AppendByte(b);
        }
    }

    /// <summary>The hash of all pieces; start from <c>default</c> for the next one.</summary>
    public Bytes32 Finish()
    {
        _state[_filled / 8] ^= 1UL << (_filled % 8 * 8);
        _state[RateBytes / 8 - 1] ^= 1UL << 63;
        Permute(ref _state);
        Span<byte> hash = stackalloc byte[HashBytes];
        for (int i = 0; i < HashBytes / 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * 8)..], _state[i]);
        }

        this = default;
        return new Bytes32(hash);
    }

    private void AppendByte(byte value)
    {
        _state[_filled / 8] ^= (ulong)value << (_filled % 8 * 8);
        Advance(1);
    }

    private void Advance(int bytes)
    {
        _filled += bytes;
        if (_filled == RateBytes)
        {
            Permute(ref _state);
            _filled = 0;
        }
    }

    private static ReadOnlySpan<ulong> RoundConstants =>
        [
            0x0000000000000001,
            0x0000000000008082,
            0x800000000000808A,
            0x8000000080008000,
            0x000000000000808B,
            0x0000000080000001,
            0x8000000080008081,
            0x8000000000008009,
            0x000000000000008A,
            0x0000000000000088,
            0x0000000080008009,
            0x000000008000000A,
            0x000000008000808B,
            0x800000000000008B,
            0x8000000000008089,
            0x8000000000008003,
            0x8000000000008002,
            0x8000000000000080,
            0x000000000000800A,
            0x800000008000000A,
            0x8000000080008081,
            0x8000000000008080,
            0x0000000080000001,
            0x8000000080008008,
        ];

    /// <summary>Keccak-f[1600]: θ, ρ, π, χ, ι in each round (FIPS 202, section 3.2), lanes held in locals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute(ref State a)
    {
        ulong a0 = a[0],
            a1 = a[1],
            a2 = a[2],
            a3 = a[3],
            a4 = a[4];
        ulong a5 = a[5],
            a6 = a[6],
            a7 = a[7],
            a8 = a[8],
            a9 = a[9];
        ulong a10 = a[10],
            a11 = a[11],
            a12 = a[12],
            a13 = a[13],
            a14 = a[14];
        ulong a15 = a[15],
            a16 = a[16],
            a17 = a[17],
            a18 = a[18],
            a19 = a[19];
        ulong a20 = a[20],
            a21 = a[21],
            a22 = a[22],
            a23 = a[23],
            a24 = a[24];
        for (int round = 0; round < Rounds; round++)
        {
            ulong c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
            ulong c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
            ulong c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
            ulong c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
            ulong c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
            ulong d0 = c4 ^ BitOperations.RotateLeft(c1, 1);
            ulong d1 = c0 ^ BitOperations.RotateLeft(c2, 1);
            ulong d2 = c1 ^ BitOperations.RotateLeft(c3, 1);
            ulong d3 = c2 ^ BitOperations.RotateLeft(c4, 1);
            ulong d4 = c3 ^ BitOperations.RotateLeft(c0, 1);

            ulong b0 = a0 ^ d0;
            ulong b10 = BitOperations.RotateLeft(a1 ^ d1, 1);
            ulong b20 = BitOperations.RotateLeft(a2 ^ d2, 62);
            ulong b5 = BitOperations.RotateLeft(a3 ^ d3, 28);
            ulong b15 = BitOperations.RotateLeft(a4 ^ d4, 27);
            ulong b16 = BitOperations.RotateLeft(a5 ^ d0, 36);
            ulong b1 = BitOperations.RotateLeft(a6 ^ d1, 44);
            ulong b11 = BitOperations.RotateLeft(a7 ^ d2, 6);
            ulong b21 = BitOperations.RotateLeft(a8 ^ d3, 55);
            ulong b6 = BitOperations.RotateLeft(a9 ^ d4, 20);
            ulong b7 = BitOperations.RotateLeft(a10 ^ d0, 3);
            ulong b17 = BitOperations.RotateLeft(a11 ^ d1, 10);
            ulong b2 = BitOperations.RotateLeft(a12 ^ d2, 43);
            ulong b12 = BitOperations.RotateLeft(a13 ^ d3, 25);
            ulong b22 = BitOperations.RotateLeft(a14 ^ d4, 39);
            ulong b23 = BitOperations.RotateLeft(a15 ^ d0, 41);
            ulong b8 = BitOperations.RotateLeft(a16 ^ d1, 45);
            ulong b18 = BitOperations.RotateLeft(a17 ^ d2, 15);
            ulong b3 = BitOperations.RotateLeft(a18 ^ d3, 21);
            ulong b13 = BitOperations.RotateLeft(a19 ^ d4, 8);
            ulong b14 = BitOperations.RotateLeft(a20 ^ d0, 18);
            ulong b24 = BitOperations.RotateLeft(a21 ^ d1, 2);
            ulong b9 = BitOperations.RotateLeft(a22 ^ d2, 61);
            ulong b19 = BitOperations.RotateLeft(a23 ^ d3, 56);
            ulong b4 = BitOperations.RotateLeft(a24 ^ d4, 14);

            a0 = b0 ^ (~b1 & b2) ^ RoundConstants[round];
            a1 = b1 ^ (~b2 & b3);
            a2 = b2 ^ (~b3 & b4);
            a3 = b3 ^ (~b4 & b0);
            a4 = b4 ^ (~b0 & b1);
            a5 = b5 ^ (~b6 & b7);
            a6 = b6 ^ (~b7 & b8);
            a7 = b7 ^ (~b8 & b9);
            a8 = b8 ^ (~b9 & b5);
            a9 = b9 ^ (~b5 & b6);
            a10 = b10 ^ (~b11 & b12);
            a11 = b11 ^ (~b12 & b13);
            a12 = b12 ^ (~b13 & b14);
            a13 = b13 ^ (~b14 & b10);
            a14 = b14 ^ (~b10 & b11);
            a15 = b15 ^ (~b16 & b17);
            a16 = b16 ^ (~b17 & b18);
            a17 = b17 ^ (~b18 & b19);
            a18 = b18 ^ (~b19 & b15);
            a19 = b19 ^ (~b15 & b16);
            a20 = b20 ^ (~b21 & b22);
            a21 = b21 ^ (~b22 & b23);
            a22 = b22 ^ (~b23 & b24);
            a23 = b23 ^ (~b24 & b20);
            a24 = b24 ^ (~b20 & b21);
        }

        a[0] = a0;
        a[1] = a1;
        a[2] = a2;
        a[3] = a3;
        a[4] = a4;
        a[5] = a5;
        a[6] = a6;
        a[7] = a7;
        a[8] = a8;
        a[9] = a9;
        a[10] = a10;
        a[11] = a11;
        a[12] = a12;
        a[13] = a13;
        a[14] = a14;
        a[15] = a15;
        a[16] = a16;
        a[17] = a17;
        a[18] = a18;
        a[19] = a19;
        a[20] = a20;
        a[21] = a21;
        a[22] = a22;
        a[23] = a23;
        a[24] = a24;
    }

    [InlineArray(25)]
    private struct State
    {
        private ulong _lane;
    }
}
