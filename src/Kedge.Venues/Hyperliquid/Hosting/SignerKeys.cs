using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Model;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>
/// Where the key that signs comes from: an encrypted keystore, a secrets file for its owner alone, or the environment. No message of a failure holds
/// any part of what was read.
/// </summary>
public static class SignerKeys
{
    /// <summary>The environment variable with a private key.</summary>
    public const string KeyVariable = "KEDGE_HYPERLIQUID_KEY";

    private const int MaxFileBytes = 1 << 14;
    private const int KeyChars = 66;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Opens a keystore; the caller disposes of the key.</summary>
    /// <exception cref="KedgeException">It is missing (exit 4), others may use it (exit 3), the password is wrong (exit 1), or it is no keystore (exit 2).</exception>
    public static PrivateKey FromKeystore(string path, ReadOnlySpan<char> password)
    {
        KeystoreProblem problem = Keystore.Open(path, password, out PrivateKey? key);
        return problem switch
        {
            KeystoreProblem.None => key!,
            KeystoreProblem.Missing => throw KedgeException.Environment(
                $"there is no keystore {path}; make one with 'kedge keys new'"
            ),
            KeystoreProblem.TooOpen => throw TooOpen(path),
            KeystoreProblem.WrongPasswordOrChanged => throw new KedgeException(
                FailureKind.CheckFailed,
                $"{path} does not open: the password is wrong, or the file was changed; try again, or take it from a copy"
            ),
            _ => throw KedgeException.Usage($"{path} is no keystore that can be opened; take it from a copy"),
        };
    }

    /// <summary>
    /// Reads a secrets file: a JSON object with <c>secret_key</c> (64 hexadecimal digits, with or without <c>0x</c>) and <c>main_address</c>, the
    /// account that is traded for. The caller disposes of the key.
    /// </summary>
    /// <exception cref="KedgeException">It is missing (exit 4), others than its owner may use it (exit 3), or it holds something else (exit 2).</exception>
    public static (PrivateKey Key, Address Account) FromSecretsFile(string path)
    {
        byte[] bytes = GC.AllocateArray<byte>(MaxFileBytes + 1, pinned: true);
        try
        {
            int length;
            using (FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1))
            {
                // On the open file, so that it cannot be exchanged between the check and the reading.
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
                {
                    throw TooOpen(path);
                }

                length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }

            return length <= MaxFileBytes && Parse(bytes.AsSpan(0, length), out PrivateKey? key, out Address account)
                ? (key!, account)
                : throw KedgeException.Usage(
                    $"{path} is no secrets file; it holds {{\"secret_key\": \"64 hexadecimal digits\", \"main_address\": \"0x and 40 hexadecimal digits\"}}"
                );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KedgeException.Environment($"{path}: no such secrets file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads the key of <see cref="KeyVariable"/>; null when it is not set. The caller disposes of it.</summary>
    /// <exception cref="KedgeException">It is set to something else (exit 2).</exception>
    public static PrivateKey? FromEnvironment() =>
        Environment.GetEnvironmentVariable(KeyVariable) is not { Length: > 0 } text ? null
        : PrivateKey.TryParse(text, out PrivateKey? key) ? key
        : throw KedgeException.Usage($"{KeyVariable} is set and holds no private key; give 64 hexadecimal digits");

    private static bool Parse(ReadOnlySpan<byte> json, out PrivateKey? key, out Address account)
    {
        key = null;
        account = default;
        bool hasAccount = false;
        Utf8JsonReader reader = new(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isKey = reader.ValueTextEquals("secret_key"u8);
                bool isAccount = reader.ValueTextEquals("main_address"u8);
                reader.Read();
                if (isKey && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= KeyChars)
                {
                    key?.Dispose();
                    key = ParseKey(reader.ValueSpan);
                }
                else if (isAccount && reader.TokenType == JsonTokenType.String)
                {
                    hasAccount = Address.TryParseChecked(reader.GetString(), out account);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is for text that is no UTF-8.
            hasAccount = false;
        }

        if (key is not null && hasAccount)
        {
            return true;
        }

        key?.Dispose();
        key = null;
        return false;
    }

    private static PrivateKey? ParseKey(ReadOnlySpan<byte> ascii)
    {
        Span<char> text = stackalloc char[KeyChars];
        int length = Encoding.ASCII.GetChars(ascii, text);
        _ = PrivateKey.TryParse(text[..length], out PrivateKey? key);
        text.Clear();
        return key;
    }

    private static KedgeException TooOpen(string path) =>
        new(FailureKind.Refused, $"{path} may be used by others than its owner; run chmod 600 on it");
}
