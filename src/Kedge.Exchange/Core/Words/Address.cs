namespace Kedge.Exchange.Core;

/// <summary>Twenty bytes that name an account or an API wallet.</summary>
/// <param name="High">The first four bytes, big-endian.</param>
/// <param name="Low">The other sixteen.</param>
public readonly record struct Address(uint High, UInt128 Low)
{
    /// <summary><c>0x</c> and forty lower-case hex digits.</summary>
    public override string ToString() => $"0x{High:x8}{(ulong)(Low >> 64):x16}{(ulong)(Low & ulong.MaxValue):x16}";
}
