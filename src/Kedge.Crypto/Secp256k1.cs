namespace Kedge.Crypto;

/// <summary>
/// Signing on secp256k1, as Ethereum and the venues built on its keys do it: deterministic nonces (RFC 6979), low s, a recovery id. Two
/// implementations give the same bits: libsecp256k1 where it is installed, and a managed one everywhere. Both may be used from many threads.
/// </summary>
public abstract class Secp256k1
{
    /// <summary>Name of the application switch (<see cref="AppContext"/>) with which <see cref="Default"/> is always the managed one.</summary>
    public const string ManagedOnlySwitch = "Kedge.Crypto.ManagedOnly";

    private static readonly Lazy<NativeSecp256k1?> Loaded = new(NativeSecp256k1.TryLoad);
    private static readonly Lazy<Secp256k1> Chosen = new(Choose);

    private protected Secp256k1() { }

    /// <summary>libsecp256k1 when it is installed, else the managed one, or that one in any case: <see cref="ManagedOnlySwitch"/>.</summary>
    public static Secp256k1 Default => Chosen.Value;

    /// <summary>The managed implementation.</summary>
    public static Secp256k1 Managed { get; } = new ManagedSecp256k1();

    /// <summary>libsecp256k1, or null when it is not installed, lacks recovery, or failed the check made when it is loaded.</summary>
    public static Secp256k1? Native => Loaded.Value;

    /// <summary>What does the arithmetic, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Signs a digest.</summary>
    public abstract Signature Sign(in Bytes32 digest, PrivateKey key);

    /// <summary>The key that signed, or false when the numbers are no signature.</summary>
    public abstract bool TryRecover(in Bytes32 digest, in Signature signature, out PublicKey key);

    /// <summary>Whether this key signed the digest. A high s is accepted.</summary>
    public abstract bool Verify(in Bytes32 digest, in Signature signature, in PublicKey key);

    /// <summary>The public key of a private one.</summary>
    public abstract PublicKey PublicKeyOf(PrivateKey key);

    /// <summary>The address of the key that signed, or false when the numbers are no signature.</summary>
    public bool TryRecoverAddress(in Bytes32 digest, in Signature signature, out Address address)
    {
        bool found = TryRecover(digest, signature, out PublicKey key);
        address = found ? key.ToAddress() : default;
        return found;
    }

    private static Secp256k1 Choose() =>
        AppContext.TryGetSwitch(ManagedOnlySwitch, out bool isManaged) && isManaged ? Managed : Native ?? Managed;
}
