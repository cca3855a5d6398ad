using System.Buffers.Binary;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>Between the addresses of signatures and those of the core.</summary>
internal static class Addresses
{
    public static Address Of(in Kedge.Crypto.Address address) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(address.Span), BinaryPrimitives.ReadUInt128BigEndian(address.Span[4..]));

    public static Kedge.Crypto.Address Of(in Address address)
    {
        Span<byte> bytes = stackalloc byte[Kedge.Crypto.Address.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[4..], address.Low);
        return new Kedge.Crypto.Address(bytes);
    }
}
