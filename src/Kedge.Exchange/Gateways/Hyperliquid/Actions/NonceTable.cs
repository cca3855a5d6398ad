using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>
/// Nonces used by each signer: the 100 highest are kept; a new one must be unused, and above the smallest kept once there are as many
/// (<c>venue-hyperliquid.md</c> §4). At the bound those are forgotten that sign for nobody any more, as the venue forgets pruned wallets; when
/// that makes no room a new signer is refused.
/// </summary>
/// <param name="signersMax">Signers whose nonces are kept.</param>
internal sealed class NonceTable(int signersMax = NonceTable.SignersMax)
{
    /// <summary>Signers kept unless said otherwise.</summary>
    public const int SignersMax = 2 * Bounds.AccountsMax;

    private const int KeptPerSigner = 100;
    private const long BeforeMs = 2 * 86_400_000L;
    private const long AfterMs = 86_400_000L;

    /// <summary>Ascending for each signer; they come in nearly that order, so adding one moves few.</summary>
    private readonly Dictionary<Address, List<ulong>> _used = [];

    /// <summary>Uses a nonce; null when that is allowed, else the reason why not.</summary>
    /// <param name="signer">Who signed.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="nowMs">The venue's moment.</param>
    /// <param name="hasWindow">Whether it must lie near that moment.</param>
    /// <param name="signs">Whether somebody may sign for any account.</param>
    public string? Use(Address signer, ulong nonce, long nowMs, bool hasWindow, Func<Address, bool> signs)
    {
        if (hasWindow && (nonce <= (ulong)Math.Max(0, nowMs - BeforeMs) || nonce >= (ulong)(nowMs + AfterMs)))
        {
            return $"Invalid nonce: {nonce} is outside of the allowed range of time";
        }

        if (!_used.TryGetValue(signer, out List<ulong>? used))
        {
            if (_used.Count >= signersMax && !TryForget(signs))
            {
                return "Invalid nonce: too many signers";
            }

            _used.Add(signer, used = []);
        }

        if (used.Count >= KeptPerSigner && nonce <= used[0])
        {
            return $"Invalid nonce: {nonce} is too low";
        }

        int at = used.BinarySearch(nonce);
        if (at >= 0)
        {
            return $"Invalid nonce: duplicate nonce {nonce}";
        }

        used.Insert(~at, nonce);
        if (used.Count > KeptPerSigner)
        {
            used.RemoveAt(0);
        }

        return null;
    }

    private bool TryForget(Func<Address, bool> signs)
    {
        foreach (Address signer in _used.Keys)
        {
            if (!signs(signer))
            {
                _used.Remove(signer);
            }
        }

        return _used.Count < signersMax;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_used.Count);
        foreach ((Address signer, List<ulong> used) in _used.OrderBy(pair => (pair.Key.High, pair.Key.Low)))
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
        int signers = reader.ReadIndex(signersMax + 1);
        for (int i = 0; i < signers; i++)
        {
            Address signer = new((uint)reader.Read(), reader.ReadWide());
            int count = reader.ReadIndex(KeptPerSigner + 1);
            List<ulong> used = [];
            for (int n = 0; n < count; n++)
            {
                used.Add(unchecked((ulong)reader.Read()));
                if (n > 0 && used[n] <= used[n - 1])
                {
                    throw new InvalidDataException("Saved nonces are out of order.");
                }
            }

            _used[signer] = used;
        }
    }
}
