using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kedge.Cli.Exchange;
using Kedge.Crypto;
using Kedge.Exchange.Hosting;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge exchange account new</c>: funds, a key of the account and a key of an agent at a running simulated exchange.</summary>
internal static class ExchangeAccountCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int KeyBytes = 32;

    public static Command Build()
    {
        Command command = new("account", "Accounts of a running simulated exchange");
        command.Subcommands.Add(New());
        return command;
    }

    private static Command New()
    {
        Command command = new("new", "Open an account with funds and an agent key; prints its address");
        Option<long> usd = NumberOptions.Whole("--usd", "Funds, whole USD", 100_000L);
        Option<string> url = new("--url")
        {
            Description = "The operator's address of the exchange",
            DefaultValueFactory = _ => OperatorClient.DefaultUrl,
        };
        Option<string?> file = RunOptions.Text("--key-file", "File for the keys (account-<address>.json)");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        foreach (Option option in new Option[] { usd, url, file, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            long money = parsed.GetValue(usd);
            if (money is < 0 or > VenueOperatorDesk.UsdMax)
            {
                throw KedgeException.Usage($"--usd must be 0 to {VenueOperatorDesk.UsdMax}, not {money}");
            }

            Opened opened = Open(parsed.GetValue(url)!, money, parsed.GetValue(file));
            if (parsed.GetValue(json))
            {
                Terminal.Result(stream => Write(stream, opened, money));
            }
            else
            {
                Terminal.ResultText(text => text.WriteLine(opened.Account.ToChecksum()));
                Terminal.Say(
                    $"{money.ToString(CultureInfo.InvariantCulture)} USD; agent {opened.Agent.ToChecksum()}; keys in {opened.File}"
                );
            }

            return 0;
        });
        return command;
    }

    private static Opened Open(string url, long usd, string? file)
    {
        byte[] owner = Secret(out Address account);
        byte[] signer = Secret(out Address agent);
        string path = file ?? $"account-{account}.json";
        if (File.Exists(path))
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{path} is there already and a key is never overwritten; name another file with --key-file"
            );
        }

        try
        {
            // Asked first: keys of an account that does not exist are of no use to anybody.
            _ = OperatorClient.Ask(
                url,
                HttpMethod.Post,
                "/accounts",
                string.Create(CultureInfo.InvariantCulture, $$"""{"address":"{{account}}","agent":"{{agent}}","usd":{{usd}}}""")
            );
            Save(path, account, owner, signer);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(owner);
            CryptographicOperations.ZeroMemory(signer);
        }

        return new Opened(account, agent, path);
    }

    /// <summary>A fresh secret; it stands in a file, so it is made here and not inside a key, which shows its bytes to nobody.</summary>
    private static byte[] Secret(out Address address)
    {
        byte[] bytes = new byte[KeyBytes];
        PrivateKey? key;
        do
        {
            RandomNumberGenerator.Fill(bytes);
        } while (!PrivateKey.TryCreate(bytes, out key));
        using (key)
        {
            address = Secp256k1.Default.PublicKeyOf(key).ToAddress();
        }

        return bytes;
    }

    /// <summary>A secrets file: <c>secret_key</c> is the agent's, which may trade and not withdraw; the account's own is beside it.</summary>
    private static void Save(string path, Address account, byte[] owner, byte[] agent)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using FileStream stream = new(path, options);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("main_address", account.ToString());
        json.WriteString("secret_key", "0x" + Convert.ToHexStringLower(agent));
        json.WriteString("account_key", "0x" + Convert.ToHexStringLower(owner));
        json.WriteEndObject();
    }

    private static void Write(Stream stream, Opened opened, long usd)
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString("address", opened.Account.ToString());
        json.WriteString("agent", opened.Agent.ToString());
        json.WriteNumber("usd", usd);
        json.WriteString("key_file", opened.File);
        json.WriteEndObject();
        json.Flush();
        stream.Write("\n"u8);
    }

    private sealed record Opened(Address Account, Address Agent, string File);
}
