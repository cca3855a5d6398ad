using System.Buffers;
using Kedge.Kernel;

namespace Kedge.Exchange.Core.Engine;

/// <summary>
/// Takes the state word by word: into bytes (variable length, seven bits each, sign in the lowest), into a hash, or both. What is hashed is
/// thus exactly what is saved.
/// </summary>
internal sealed class StateWriter(bool keepBytes)
{
    private readonly ArrayBufferWriter<byte>? _bytes = keepBytes ? new ArrayBufferWriter<byte>(4096) : null;

    public ulong Hash { get; private set; } = StateHash.Seed;

    public ReadOnlySpan<byte> Bytes => _bytes is null ? [] : _bytes.WrittenSpan;

    public void Write(long word)
    {
        Hash = StateHash.Mix(Hash, unchecked((ulong)word));
        if (_bytes is not null)
        {
            ulong left = unchecked((ulong)((word << 1) ^ (word >> 63)));
            Span<byte> span = _bytes.GetSpan(10);
            int n = 0;
            while (left >= 0x80)
            {
                span[n++] = (byte)((left & 0x7F) | 0x80);
                left >>= 7;
            }

            span[n++] = (byte)left;
            _bytes.Advance(n);
        }
    }

    public void Write(bool flag) => Write(flag ? 1 : 0);

    public void WriteWide(UInt128 value)
    {
        Write(unchecked((long)(ulong)(value >> 64)));
        Write(unchecked((long)(ulong)value));
    }

    public void Write(string text)
    {
        Write(text.Length);
        foreach (char c in text)
        {
            Write(c);
        }
    }
}
