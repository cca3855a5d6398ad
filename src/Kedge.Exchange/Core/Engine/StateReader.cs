using Kedge.Kernel;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Reads what a <see cref="StateWriter"/> wrote.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Hash of the words read so far, as <see cref="StateWriter.Hash"/>.</summary>
    public ulong Hash { get; private set; } = StateHash.Seed;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public long Read()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _bytes.Length)
            {
                break;
            }

            byte next = _bytes[_at++];
            value |= unchecked((ulong)(next & 0x7F) << shift);
            if (shift == 63 && next > 1)
            {
                break; // More bits than a word has.
            }

            if (next < 0x80)
            {
                long word = unchecked((long)(value >> 1) ^ -(long)(value & 1));
                Hash = StateHash.Mix(Hash, unchecked((ulong)word));
                return word;
            }
        }

        throw new InvalidDataException("The saved exchange is cut short or damaged.");
    }

    /// <summary>A number in [0, <paramref name="below"/>).</summary>
    public int ReadIndex(int below)
    {
        long value = Read();
        return value >= 0 && value < below
            ? (int)value
            : throw new InvalidDataException("The saved exchange holds a number out of range.");
    }

    public int ReadInt() => ReadIndex(int.MaxValue);

    public bool ReadBool() => ReadIndex(2) == 1;

    public UInt128 ReadWide()
    {
        ulong high = unchecked((ulong)Read());
        return new UInt128(high, unchecked((ulong)Read()));
    }

    public string ReadText()
    {
        char[] text = new char[ReadIndex(1024)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)ReadIndex(char.MaxValue + 1);
        }

        return new string(text);
    }
}
