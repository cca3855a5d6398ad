using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>
/// Nonces used by each signer: the 100 highest are kept; a new one must be unused, and above the smallest kept once there are as many
/// (<c>venue-hyperliquid.md</c> §4). Signers are known ones, so their number is bounded by the directory; at the bound a new one is refused.
/// </summary>
internal sealed class NonceTable
{
    private const int KeptPerSigner = 100;
    private const int SignersMax = 2 * Bounds.AccountsMax;
    private const long BeforeMs = 2 * 86_400_000L;
    private const long AfterMs = 86_400_000L;

    private readonly Dictionary<Address, SortedSet<ulong>> _used = [];

    /// <summary>Uses a nonce; null when that is allowed, else the reason why not.</summary>
    public string? Use(Address signer, ulong nonce, long nowMs, bool hasWindow)
    {
        if (hasWindow && (nonce <= (ulong)Math.Max(0, nowMs - BeforeMs) || nonce >= (ulong)(nowMs + AfterMs)))
        {
            return $"Invalid nonce: {nonce} is outside of the allowed range of time";
        }

        if (!_used.TryGetValue(signer, out SortedSet<ulong>? used))
        {
            if (_used.Count >= SignersMax)
            {
                return "Invalid nonce: too many signers";
            }

            _used.Add(signer, used = []);
        }

        if (used.Count >= KeptPerSigner && nonce <= used.Min)
        {
            return $"Invalid nonce: {nonce} is too low";
        }

        if (!used.Add(nonce))
        {
            return $"Invalid nonce: duplicate nonce {nonce}";
        }

        if (used.Count > KeptPerSigner)
        {
            used.Remove(used.Min);
        }

        return null;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_used.Count);
        foreach ((Address signer, SortedSet<ulong> used) in _used.OrderBy(pair => (pair.Key.High, pair.Key.Low)))
        {
            writer.Write(signer.High);
            writer.WriteWide(signer.Low);
            writer.Write(used.Count);
            foreach (ulong nonce in used)
            {
                writer.Write(unchecked((long)nonce));
            }
        }
    }

    public void Load(ref StateReader reader)
    {
        int signers = reader.ReadIndex(SignersMax + 1);
        for (int i = 0; i < signers; i++)
        {
            Address signer = new((uint)reader.Read(), reader.ReadWide());
            int count = reader.ReadIndex(KeptPerSigner + 1);
            SortedSet<ulong> used = [];
            for (int n = 0; n < count; n++)
            {
                used.Add(unchecked((ulong)reader.Read()));
            }

            _used[signer] = used;
        }
    }
}
