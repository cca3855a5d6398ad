using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kedge.Crypto.Curve;

namespace Kedge.Crypto;

/// <summary>
/// libsecp256k1 by its C interface, found at run time under the names its releases have had. The functions used have kept their form since
/// the first; one context, blinded with random bytes, serves all threads.
/// </summary>
internal sealed unsafe class NativeSecp256k1 : Secp256k1
{
    private const uint SignAndVerify = 0x301;
    private const uint Uncompressed = 0x002;

    private static readonly string[] Names =
    [
        "libsecp256k1.so.6",
        "libsecp256k1.so.5",
        "libsecp256k1.so.2",
        "libsecp256k1.so.1",
        "libsecp256k1.so.0",
        "libsecp256k1.so",
        "libsecp256k1.dylib",
    ];

    private readonly nint _context;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> _sign;
    private readonly delegate* unmanaged<nint, byte*, int*, byte*, int> _serializeSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, int, int> _parseRecoverable;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> _recover;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _createKey;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> _serializeKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, nuint, int> _parseKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _parseSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _normalize;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> _verify;

    private NativeSecp256k1(string name, nint library, nint context)
    {
        Name = name;
        _context = context;
        _sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)Export(
            library,
            "secp256k1_ecdsa_sign_recoverable"
        );
        _serializeSignature = (delegate* unmanaged<nint, byte*, int*, byte*, int>)Export(
            library,
            "secp256k1_ecdsa_recoverable_signature_serialize_compact"
        );
        _parseRecoverable = (delegate* unmanaged<nint, byte*, byte*, int, int>)Export(
            library,
            "secp256k1_ecdsa_recoverable_signature_parse_compact"
        );
        _recover = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_recover");
        _createKey = (delegate* unmanaged<nint, byte*, byte*, int>)Export(library, "secp256k1_ec_pubkey_create");
        _serializeKey = (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)Export(
            library,
            "secp256k1_ec_pubkey_serialize"
        );
        _parseKey = (delegate* unmanaged<nint, byte*, byte*, nuint, int>)Export(library, "secp256k1_ec_pubkey_parse");
        _parseSignature = (delegate* unmanaged<nint, byte*, byte*, int>)Export(
            library,
            "secp256k1_ecdsa_signature_parse_compact"
        );
        _normalize = (delegate* unmanaged<nint, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_signature_normalize");
        _verify = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_verify");
    }

    public override string Name { get; }

    /// <summary>Finds, opens and checks the library; null when any of it fails.</summary>
    public static NativeSecp256k1? TryLoad()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && TryOpen(name, library) is { } native)
            {
                return native;
            }
        }

        return null;
    }

    public override Signature Sign(in Bytes32 digest, PrivateKey key)
    {
        byte* opaque = stackalloc byte[65];
        byte* compact = stackalloc byte[64];
        byte* message = stackalloc byte[32];
        int recoveryId;
        Reduce(digest, message);
        fixed (byte* secret = key.Bytes)
        {
            if (_sign(_context, opaque, message, secret, 0, 0) == 0)
            {
                throw new CryptographicException("libsecp256k1 could not sign");
            }
        }

        _serializeSignature(_context, compact, &recoveryId, opaque);
        return new Signature(new Bytes32(new(compact, 32)), new Bytes32(new(compact + 32, 32)), recoveryId);
    }

    public override bool TryRecover(in Bytes32 digest, in Signature signature, out PublicKey key)
    {
        byte* compact = stackalloc byte[64];
        byte* opaque = stackalloc byte[65];
        byte* opaqueKey = stackalloc byte[64];
        key = default;
        Compact(signature, compact);
        fixed (byte* message = digest.Span)
        {
            if (
                signature.RecoveryId is < 0 or > 3
                || _parseRecoverable(_context, opaque, compact, signature.RecoveryId) == 0
                || _recover(_context, opaqueKey, opaque, message) == 0
            )
            {
                return false;
            }
        }

        key = Read(opaqueKey);
        return true;
    }

    public override bool Verify(in Bytes32 digest, in Signature signature, in PublicKey key)
    {
        byte* compact = stackalloc byte[64];
        byte* opaque = stackalloc byte[64];
        byte* opaqueKey = stackalloc byte[64];
        byte* point = stackalloc byte[65];
        Compact(signature, compact);
        point[0] = 4;
        key.X.Span.CopyTo(new Span<byte>(point + 1, 32));
        key.Y.Span.CopyTo(new Span<byte>(point + 33, 32));
        if (_parseSignature(_context, opaque, compact) == 0 || _parseKey(_context, opaqueKey, point, 65) == 0)
        {
            return false;
        }

        _normalize(_context, opaque, opaque);
        fixed (byte* message = digest.Span)
        {
            return _verify(_context, opaque, message, opaqueKey) != 0;
        }
    }

    public override PublicKey PublicKeyOf(PrivateKey key)
    {
        byte* opaqueKey = stackalloc byte[64];
        fixed (byte* secret = key.Bytes)
        {
            return _createKey(_context, opaqueKey, secret) != 0
                ? Read(opaqueKey)
                : throw new InvalidOperationException("a private key outside its range was created");
        }
    }

    private PublicKey Read(byte* opaqueKey)
    {
        byte* point = stackalloc byte[65];
        nuint length = 65;
        _serializeKey(_context, point, &length, opaqueKey, Uncompressed);
        return new PublicKey(new Bytes32(new(point + 1, 32)), new Bytes32(new(point + 33, 32)));
    }

    private static void Compact(in Signature signature, byte* compact)
    {
        signature.R.Span.CopyTo(new Span<byte>(compact, 32));
        signature.S.Span.CopyTo(new Span<byte>(compact + 32, 32));
    }

    /// <summary>Older releases seed the nonce with the digest as it is; RFC 6979 wants it modulo the order, and both sides must agree.</summary>
    private static void Reduce(in Bytes32 digest, byte* message) =>
        Scalar.Read(digest.Span, out _).Write(new Span<byte>(message, 32));

    private static NativeSecp256k1? TryOpen(string name, nint library)
    {
        try
        {
            nint context = ((delegate* unmanaged<uint, nint>)Export(library, "secp256k1_context_create"))(SignAndVerify);
            byte* seed = stackalloc byte[32];
            RandomNumberGenerator.Fill(new Span<byte>(seed, 32));
            bool blinded =
                context != 0
                && ((delegate* unmanaged<nint, byte*, int>)Export(library, "secp256k1_context_randomize"))(context, seed) != 0;
            NativeSecp256k1 native = new(name, library, context);
            return blinded && native.AgreesWithManaged() ? native : null;
        }
        catch (EntryPointNotFoundException)
        {
            // Built without recovery.
            return null;
        }
    }

    /// <summary>One signature, recovered: a library of that name with another interface is not used.</summary>
    private bool AgreesWithManaged()
    {
        Bytes32 digest = Keccak256.Hash("kedge"u8);
        PrivateKey.TryCreate(digest.Span, out PrivateKey? key);
        using (key)
        {
            Signature signature = Sign(digest, key!);
            return signature == Managed.Sign(digest, key!)
                && TryRecover(digest, signature, out PublicKey recovered)
                && recovered == Managed.PublicKeyOf(key!);
        }
    }

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);
}
