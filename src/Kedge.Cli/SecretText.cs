using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kedge.Cli;

/// <summary>Text that is zeroed when it is no longer needed: a password, a key as typed. It shows itself to nobody.</summary>
internal sealed class SecretText : IDisposable
{
    /// <summary>Longest secret, characters.</summary>
    public const int MaxChars = 1024;

    private readonly char[] _chars = GC.AllocateArray<char>(MaxChars, pinned: true);

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <summary>Adds a character; false when it is full.</summary>
    public bool Append(char c)
    {
        if (Length == MaxChars)
        {
            return false;
        }

        _chars[Length++] = c;
        return true;
    }

    public void RemoveLast() => Length = Math.Max(0, Length - 1);

    public bool Same(SecretText other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Span), MemoryMarshal.AsBytes(other.Span));

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_chars.AsSpan()));
        Length = 0;
    }

    public override string ToString() => "(secret)";
}
