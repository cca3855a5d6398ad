using System.Security.Cryptography;
using System.Text;
using Kedge.Model;

namespace Kedge.Cli;

/// <summary>Where secrets come from: a file, the environment, or a prompt that shows nothing. Never an argument.</summary>
internal static class SecretInput
{
    /// <summary>The environment variable with the password of a keystore.</summary>
    public const string PasswordVariable = "KEDGE_KEYSTORE_PASSWORD";

    private const int MinPasswordChars = 8;
    private const int PollMs = 20;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>The password of a keystore that exists: from the file named, else the environment, else a prompt.</summary>
    public static SecretText Password(string? file) => Given(file) ?? Prompt("password of the keystore: ");

    /// <summary>The password of a new keystore; a prompt asks twice.</summary>
    public static SecretText NewPassword(string? file)
    {
        SecretText password = Given(file) ?? PromptTwice();
        if (password.Length < MinPasswordChars)
        {
            password.Dispose();
            throw KedgeException.Usage($"the password has fewer than {MinPasswordChars} characters; choose a longer one");
        }

        return password;
    }

    /// <summary>A private key: the first line of standard input, or a prompt on a terminal.</summary>
    public static SecretText Key()
    {
        if (!Console.IsInputRedirected)
        {
            return Prompt("private key (64 hexadecimal digits, not shown): ");
        }

        using Stream input = Console.OpenStandardInput();
        return Read(input, "the key on standard input");
    }

    private static SecretText? Given(string? file)
    {
        if (file is not null)
        {
            return OfFile(file);
        }

        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } value)
        {
            SecretText secret = new();
            foreach (char c in value)
            {
                Add(secret, c, PasswordVariable);
            }

            return secret;
        }

        return null;
    }

    private static SecretText OfFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"the password file {path} may be used by others than its owner; run chmod 600 on it"
            );
        }

        return Read(file, path);
    }

    /// <summary>The first line, as UTF-8.</summary>
    private static SecretText Read(Stream stream, string what)
    {
        byte[] bytes = GC.AllocateArray<byte>(SecretText.MaxChars, pinned: true);
        char[] chars = GC.AllocateArray<char>(SecretText.MaxChars, pinned: true);
        try
        {
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            int end = bytes.AsSpan(0, length).IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0 && length == bytes.Length)
            {
                throw KedgeException.Usage($"{what} is longer than {SecretText.MaxChars} bytes; give one short line");
            }

            int count = Encoding.UTF8.GetChars(bytes.AsSpan(0, end < 0 ? length : end), chars);
            SecretText secret = new();
            foreach (char c in chars.AsSpan(0, count))
            {
                Add(secret, c, what);
            }

            return secret;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Array.Clear(chars);
        }
    }

    private static SecretText PromptTwice()
    {
        SecretText first = Prompt("new password of the keystore: ");
        using SecretText second = Prompt("the same again: ");
        if (first.Same(second))
        {
            return first;
        }

        first.Dispose();
        throw KedgeException.Usage("the two passwords differ; try again");
    }

    private static SecretText Prompt(string question)
    {
        if (Console.IsInputRedirected)
        {
            throw KedgeException.Usage(
                $"a password is needed and there is no terminal to ask; set {PasswordVariable} or give --password-file"
            );
        }

        Terminal.Human(error => error.Write(question));
        SecretText secret = new();
        while (true)
        {
            // Asked in steps, so that Ctrl-C is heard between them.
            while (!Console.KeyAvailable)
            {
                if (Interruption.Token.WaitHandle.WaitOne(PollMs))
                {
                    secret.Dispose();
                    Terminal.Say("");
                    Interruption.Token.ThrowIfCancellationRequested();
                }
            }

            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Terminal.Say("");
                    return secret;
                case ConsoleKey.Backspace:
                    secret.RemoveLast();
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        Add(secret, key.KeyChar, "what was typed");
                    }

                    break;
            }
        }
    }

    private static void Add(SecretText secret, char c, string what)
    {
        if (!secret.Append(c))
        {
            secret.Dispose();
            throw KedgeException.Usage($"{what} is longer than {SecretText.MaxChars} characters; give a shorter one");
        }
    }
}
