using System.Buffers.Binary;
using System.Security.Cryptography;
using Kedge.Kernel;
using Kedge.Model.Orders;

namespace Kedge.Model.Ledger;

/// <summary>
/// Client order ids: a prefix of 4 bytes and the first 96 bits of the hash that names the intent (see <see cref="IntentIds"/>). Reproducible, and
/// never sent twice because the sequence is never used twice.
/// </summary>
public static class ClientOrderIds
{
    /// <summary>The id.</summary>
    /// <param name="prefix">By which we know our orders.</param>
    /// <param name="lane">Name of the lane.</param>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="action">Open, add, reduce or close.</param>
    /// <param name="candleKey">The candle key of the decision, UTC epoch milliseconds.</param>
    /// <param name="sequence">The ledger's next sequence.</param>
    /// <exception cref="ArgumentException">A name is empty or too long.</exception>
    public static ClientOrderId Make(
        ClientOrderPrefix prefix,
        string lane,
        string symbol,
        OrderAction action,
        long candleKey,
        long sequence
    )
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        IntentIds.Hash(lane, symbol, action, candleKey, sequence, hash);
        ulong high = BinaryPrimitives.ReadUInt32BigEndian(hash);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(hash[4..]);
        return new ClientOrderId(new UInt128(((ulong)prefix.Value << 32) | high, low));
    }
}
