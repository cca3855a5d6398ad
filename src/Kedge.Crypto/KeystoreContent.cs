using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kedge.Crypto;

/// <summary>What stands in a keystore file.</summary>
internal sealed class KeystoreContent
{
    private const string Kdf = "pbkdf2-hmac-sha256";
    private const string Cipher = "aes-256-gcm";
    private const int SaltBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private int _iterations;
    private byte[] _salt = [];
    private byte[] _nonce = [];
    private byte[] _ciphertext = [];
    private byte[] _tag = [];

    private KeystoreContent() { }

    /// <summary>The address of the key.</summary>
    public Address Address { get; private set; }

    /// <summary>Encrypts a key with fresh salt and nonce.</summary>
    public static KeystoreContent Seal(PrivateKey key, ReadOnlySpan<char> password, int iterations)
    {
        KeystoreContent content = new()
        {
            Address = Secp256k1.Default.PublicKeyOf(key).ToAddress(),
            _iterations = iterations,
            _salt = RandomNumberGenerator.GetBytes(SaltBytes),
            _nonce = RandomNumberGenerator.GetBytes(NonceBytes),
            _ciphertext = new byte[PrivateKey.Length],
            _tag = new byte[TagBytes],
        };
        Span<byte> secret = stackalloc byte[32];
        content.Derive(password, secret);
        using (AesGcm cipher = new(secret, TagBytes))
        {
            cipher.Encrypt(content._nonce, key.Bytes, content._ciphertext, content._tag, content.Covered());
        }

        CryptographicOperations.ZeroMemory(secret);
        return content;
    }

    /// <summary>Decrypts the key and holds it against the address.</summary>
    public KeystoreProblem Unseal(ReadOnlySpan<char> password, out PrivateKey? key)
    {
        key = null;
        Span<byte> secret = stackalloc byte[32];
        Span<byte> plain = stackalloc byte[PrivateKey.Length];
        try
        {
            Derive(password, secret);
            using AesGcm cipher = new(secret, TagBytes);
            cipher.Decrypt(_nonce, _ciphertext, _tag, plain, Covered());
            if (PrivateKey.TryCreate(plain, out key) && Secp256k1.Default.PublicKeyOf(key).ToAddress() == Address)
            {
                return KeystoreProblem.None;
            }

            key?.Dispose();
            key = null;
            return KeystoreProblem.NotAKeystore;
        }
        catch (AuthenticationTagMismatchException)
        {
            return KeystoreProblem.WrongPasswordOrChanged;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Writes the JSON.</summary>
    public void Write(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("kedge_keystore", Keystore.Version);
        json.WriteString("address", Address.ToChecksum());
        json.WriteString("kdf", Kdf);
        json.WriteNumber("iterations", _iterations);
        json.WriteString("salt", Convert.ToHexStringLower(_salt));
        json.WriteString("cipher", Cipher);
        json.WriteString("nonce", Convert.ToHexStringLower(_nonce));
        json.WriteString("ciphertext", Convert.ToHexStringLower(_ciphertext));
        json.WriteString("tag", Convert.ToHexStringLower(_tag));
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads the JSON.</summary>
    public static KeystoreProblem Parse(ReadOnlySpan<byte> bytes, out KeystoreContent? content)
    {
        content = null;
        try
        {
            Utf8JsonReader reader = new(bytes);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("kedge_keystore", out JsonElement version)
                || version.ValueKind != JsonValueKind.Number
            )
            {
                return KeystoreProblem.NotAKeystore;
            }

            if (!version.TryGetInt32(out int number) || number != Keystore.Version)
            {
                return KeystoreProblem.UnknownVersion;
            }

            return Parse(root, out content);
        }
        catch (JsonException)
        {
            return KeystoreProblem.NotAKeystore;
        }
    }

    private static KeystoreProblem Parse(JsonElement root, out KeystoreContent? content)
    {
        content = null;
        if (Text(root, "kdf") is not Kdf || Text(root, "cipher") is not Cipher)
        {
            return KeystoreProblem.UnknownVersion;
        }

        KeystoreContent read = new()
        {
            _salt = new byte[SaltBytes],
            _nonce = new byte[NonceBytes],
            _ciphertext = new byte[PrivateKey.Length],
            _tag = new byte[TagBytes],
        };
        if (
            !Address.TryParseChecked(Text(root, "address"), out Address address)
            || !root.TryGetProperty("iterations", out JsonElement iterations)
            || iterations.ValueKind != JsonValueKind.Number
            || !iterations.TryGetInt32(out read._iterations)
            || !Hex.TryParse(Text(root, "salt"), read._salt)
            || !Hex.TryParse(Text(root, "nonce"), read._nonce)
            || !Hex.TryParse(Text(root, "ciphertext"), read._ciphertext)
            || !Hex.TryParse(Text(root, "tag"), read._tag)
        )
        {
            return KeystoreProblem.NotAKeystore;
        }

        if (read._iterations is < Keystore.MinIterations or > Keystore.MaxIterations)
        {
            return KeystoreProblem.BadDerivation;
        }

        read.Address = address;
        content = read;
        return KeystoreProblem.None;
    }

    private static string? Text(JsonElement root, string name)
    {
        try
        {
            return root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no text.
            return null;
        }
    }

    /// <summary>Every field outside the ciphertext: authenticated, not encrypted.</summary>
    private byte[] Covered() =>
        Encoding.ASCII.GetBytes(
            $"kedge_keystore {Keystore.Version} {Address} {Kdf} {_iterations} {Convert.ToHexStringLower(_salt)} {Cipher}"
        );

    private void Derive(ReadOnlySpan<char> password, Span<byte> secret)
    {
        byte[] utf8 = GC.AllocateArray<byte>(Encoding.UTF8.GetMaxByteCount(password.Length), pinned: true);
        int length = Encoding.UTF8.GetBytes(password, utf8);
        Rfc2898DeriveBytes.Pbkdf2(utf8.AsSpan(0, length), _salt, secret, _iterations, HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(utf8);
    }
}
