namespace Kedge.Crypto;

/// <summary>An ECDSA signature from which the signer can be recovered.</summary>
/// <param name="R">r, 32 bytes.</param>
/// <param name="S">s, 32 bytes; the signers here never give one above half the order.</param>
/// <param name="RecoveryId">Which of the possible keys signed, 0..3.</param>
public readonly record struct Signature(Bytes32 R, Bytes32 S, int RecoveryId)
{
    /// <summary>The recovery id as Ethereum writes it: 27 or 28.</summary>
    public int V => 27 + RecoveryId;

    /// <summary>
    /// Reads the parts as clients send them: hexadecimal of either case, with leading zeros or without, and v 27 or 28 (as venues demand).
    /// Whether the numbers are a signature shows when the signer is recovered.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> r, ReadOnlySpan<char> s, int v, out Signature signature)
    {
        bool good = Bytes32.TryParse(r, out Bytes32 rBytes) & Bytes32.TryParse(s, out Bytes32 sBytes) & (v is 27 or 28);
        signature = good ? new Signature(rBytes, sBytes, v - 27) : default;
        return good;
    }
}
