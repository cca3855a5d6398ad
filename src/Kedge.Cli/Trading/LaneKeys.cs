using Kedge.Crypto;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Trading;

/// <summary>Finds the account of a lane, and for a live one the key that signs: never an argument, never printed.</summary>
internal static class LaneKeys
{
    /// <summary>Variable that names the secrets file.</summary>
    public const string SecretsVariable = "AI_QUANT_SECRETS_PATH";

    /// <summary>Variable that switches live orders on.</summary>
    public const string EnableVariable = "AI_QUANT_LIVE_ENABLE";

    /// <summary>Variable that confirms it.</summary>
    public const string ConfirmVariable = "AI_QUANT_LIVE_CONFIRM";

    /// <summary>The words that confirm.</summary>
    public const string ConfirmWords = "I_UNDERSTAND_THIS_CAN_LOSE_MONEY";

    /// <summary>Fails unless both variables say that orders may leave.</summary>
    /// <exception cref="KedgeException">They do not (exit 3).</exception>
    public static void RequireConsent(Func<string, string?> variable)
    {
        bool isOn = variable(EnableVariable)?.Trim().ToLowerInvariant() is "1" or "true" or "yes" or "y" or "on";
        if (!isOn || variable(ConfirmVariable)?.Trim() != ConfirmWords)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"live orders leave only with {EnableVariable}=1 and {ConfirmVariable}={ConfirmWords}; set both, or run with --mode dry_live, which sends nothing"
            );
        }
    }

    /// <summary>The account of a dry_live lane; no key is needed.</summary>
    /// <exception cref="KedgeException">None is named (exit 3), or it is no address (exit 2).</exception>
    public static LaneAccount ToWatch(string? account, string? vault, string? secrets, Func<string, string?> variable)
    {
        if (account is not null)
        {
            return new LaneAccount(AddressOf(account, "--account"), VaultOf(vault), Signer: null);
        }

        if ((secrets ?? NotEmpty(variable(SecretsVariable))) is { } file)
        {
            (PrivateKey key, Address owner) = SignerKeys.FromSecretsFile(file);
            key.Dispose();
            return new LaneAccount(owner, VaultOf(vault), Signer: null);
        }

        throw new KedgeException(
            FailureKind.Refused,
            $"no account is named: give --account 0x…, or a secrets file with --secrets or {SecretsVariable}"
        );
    }

    /// <summary>Account and key of a live lane: a secrets file, else a keystore, else the environment.</summary>
    /// <exception cref="KedgeException">There is none, or others may read it (exit 3), or it cannot be used (exit 1, 2, 4).</exception>
    public static LaneAccount ToTrade(
        string? account,
        string? vault,
        string? secrets,
        string? keystore,
        string? passwordFile,
        Func<string, string?> variable
    )
    {
        Address? named = account is null ? null : AddressOf(account, "--account");
        Address? sub = VaultOf(vault);
        if ((secrets ?? (keystore is null ? NotEmpty(variable(SecretsVariable)) : null)) is { } file)
        {
            (PrivateKey key, Address owner) = SignerKeys.FromSecretsFile(file);
            if (named is { } other && other != owner)
            {
                key.Dispose();
                throw KedgeException.Usage($"--account is another one than that of {file}; name one of them");
            }

            return new LaneAccount(owner, sub, key);
        }

        if (named is not { } wanted)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"a live lane needs a key and its account: give --secrets FILE, or --keystore FILE and --account 0x…, or {SignerKeys.KeyVariable} and --account 0x… ('kedge keys new' makes a keystore)"
            );
        }

        if (keystore is not null)
        {
            using SecretText password = SecretInput.Password(passwordFile);
            return new LaneAccount(wanted, sub, SignerKeys.FromKeystore(keystore, password.Span));
        }

        return SignerKeys.FromEnvironment() is { } signer
            ? new LaneAccount(wanted, sub, signer)
            : throw new KedgeException(
                FailureKind.Refused,
                $"a live lane needs a key: give --secrets FILE, --keystore FILE, or {SignerKeys.KeyVariable} ('kedge keys new' makes a keystore)"
            );
    }

    private static Address? VaultOf(string? text) => text is null ? null : AddressOf(text, "--vault");

    private static Address AddressOf(string text, string option) =>
        Address.TryParseChecked(text, out Address address)
            ? address
            : throw KedgeException.Usage($"{option}: '{text}' is no address; it is 0x and 40 hexadecimal digits");

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
