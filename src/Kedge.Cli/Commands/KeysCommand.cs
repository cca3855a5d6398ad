using System.CommandLine;
using Kedge.Crypto;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge keys</c>: a private key in an encrypted file. No key is ever an argument, printed or logged.</summary>
internal static class KeysCommand
{
    private static Option<string?> KeystoreOption =>
        RunOptions.Text("--keystore", "Keystore file (kedge/keystore.json in the user's configuration folder)");

    private static Option<string?> PasswordOption =>
        RunOptions.Text("--password-file", $"File with the password, else {SecretInput.PasswordVariable}, else a prompt");

    public static Command Build()
    {
        Command command = new("keys", "Make, import and name the key that signs orders");
        command.Subcommands.Add(New());
        command.Subcommands.Add(Import());
        command.Subcommands.Add(AddressOf());
        return command;
    }

    private static Command New()
    {
        Command command = new("new", "Make a fresh key, encrypt it into a keystore and print its address");
        Option<string?> keystore = KeystoreOption;
        Option<string?> passwordFile = PasswordOption;
        command.Options.Add(keystore);
        command.Options.Add(passwordFile);
        command.SetAction(parsed =>
        {
            string path = PathFor(parsed.GetValue(keystore), writing: true);
            using SecretText password = SecretInput.NewPassword(parsed.GetValue(passwordFile));
            using PrivateKey key = PrivateKey.Generate();
            return Save(path, key, password);
        });
        return command;
    }

    private static Command Import()
    {
        Command command = new("import", "Encrypt a key you have into a keystore; the key comes from standard input or a prompt");
        Option<string?> keystore = KeystoreOption;
        Option<string?> passwordFile = PasswordOption;
        command.Options.Add(keystore);
        command.Options.Add(passwordFile);
        command.SetAction(parsed =>
        {
            string path = PathFor(parsed.GetValue(keystore), writing: true);
            using SecretText text = SecretInput.Key();
            if (!PrivateKey.TryParse(text.Span, out PrivateKey? key))
            {
                throw KedgeException.Usage(
                    "what was given is no private key; give 64 hexadecimal digits, with or without 0x, on one line"
                );
            }

            using (key)
            using (SecretText password = SecretInput.NewPassword(parsed.GetValue(passwordFile)))
            {
                return Save(path, key, password);
            }
        });
        return command;
    }

    private static Command AddressOf()
    {
        Command command = new("address", "Print the address of a keystore");
        Option<string?> keystore = KeystoreOption;
        Option<string?> passwordFile = PasswordOption;
        Option<bool> check = RunOptions.Flag("--check", "Open the keystore with its password; exit code 1 when it does not open");
        command.Options.Add(keystore);
        command.Options.Add(passwordFile);
        command.Options.Add(check);
        command.SetAction(parsed =>
        {
            string path = PathFor(parsed.GetValue(keystore), writing: false);
            Demand(Keystore.ReadAddress(path, out Address address), path);
            if (parsed.GetValue(check))
            {
                using SecretText password = SecretInput.Password(parsed.GetValue(passwordFile));
                Demand(Keystore.Open(path, password.Span, out PrivateKey? key), path);
                key!.Dispose();
            }

            Terminal.ResultText(writer => writer.WriteLine(address.ToChecksum()));
            return 0;
        });
        return command;
    }

    private static int Save(string path, PrivateKey key, SecretText password)
    {
        Demand(Keystore.Save(path, key, password.Span), path);
        Terminal.Say($"the key is in {path}, encrypted; keep a copy of the file, and of the password elsewhere");
        Address address = Secp256k1.Default.PublicKeyOf(key).ToAddress();
        Terminal.ResultText(writer => writer.WriteLine(address.ToChecksum()));
        return 0;
    }

    private static string PathFor(string? given, bool writing)
    {
        if (given is { Length: 0 })
        {
            throw KedgeException.Usage("--keystore names no file");
        }

        string path =
            given
            ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "kedge",
                "keystore.json"
            );
        if (writing && File.Exists(path))
        {
            // Before any question is asked.
            Demand(KeystoreProblem.Exists, path);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (writing && given is null)
        {
            Directory.CreateDirectory(folder);
        }
        else if (writing && !Directory.Exists(folder))
        {
            throw KedgeException.Environment($"there is no folder {folder}; make it, or name another file with --keystore");
        }

        return path;
    }

    private static void Demand(KeystoreProblem problem, string path)
    {
        if (problem != KeystoreProblem.None)
        {
            throw Describe(problem, path);
        }
    }

    private static KedgeException Describe(KeystoreProblem problem, string path) =>
        problem switch
        {
            KeystoreProblem.Missing => KedgeException.Environment(
                $"there is no keystore {path}; make one with 'kedge keys new', or name another with --keystore"
            ),
            KeystoreProblem.Exists => new KedgeException(
                FailureKind.Refused,
                $"{path} is there already and a key is never overwritten; name another file with --keystore, or move this one away"
            ),
            KeystoreProblem.TooOpen => new KedgeException(
                FailureKind.Refused,
                $"{path} may be used by others than its owner; run chmod 600 on it"
            ),
            KeystoreProblem.UnknownVersion => KedgeException.Usage(
                $"{path} is a keystore of a kind this version does not know; use the version of kedge that made it"
            ),
            KeystoreProblem.BadDerivation => new KedgeException(
                FailureKind.Refused,
                $"{path} asks for fewer than {Keystore.MinIterations} or more than {Keystore.MaxIterations} rounds of derivation; take it from a copy"
            ),
            KeystoreProblem.WrongPasswordOrChanged => new KedgeException(
                FailureKind.CheckFailed,
                $"{path} does not open: the password is wrong, or the file was changed; try again, or take it from a copy"
            ),
            _ => KedgeException.Usage($"{path} is no keystore, or a damaged one; take it from a copy"),
        };
}
