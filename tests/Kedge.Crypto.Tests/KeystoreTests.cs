using System.Text;
using System.Text.Json.Nodes;

namespace Kedge.Crypto.Tests;

public sealed class KeystoreTests : IDisposable
{
    private const string Password = "correct horse, пароль";
    private const string Secret = "0123456789012345678901234567890123456789012345678901234567890123";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_opens_again()
    {
        string path = Save();
        Assert.Equal(KeystoreProblem.None, Keystore.Open(path, Password, out PrivateKey? key));
        using (key)
        {
            Assert.Equal(Secret, Convert.ToHexStringLower(key!.Bytes));
        }

        Assert.Equal(KeystoreProblem.None, Keystore.ReadAddress(path, out Address address));
        Assert.Equal("0x14791697260e4c9a71f18484c9f997b308e59325", address.ToString());
    }

    [Fact]
    public void File_is_for_its_owner_alone_and_holds_no_plain_key()
    {
        string path = Save();
        Assert.DoesNotContain(Secret, File.ReadAllText(path), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([path], _folder.Files());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void File_that_others_may_use_is_refused(UnixFileMode wider)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are those of Unix");
            return;
        }

        string path = Save();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | wider);
        Assert.Equal(KeystoreProblem.TooOpen, Keystore.Open(path, Password, out PrivateKey? key));
        Assert.Null(key);
        Assert.Equal(KeystoreProblem.TooOpen, Keystore.ReadAddress(path, out _));
    }

    [Fact]
    public void Wrong_password_opens_nothing()
    {
        Assert.Equal(KeystoreProblem.WrongPasswordOrChanged, Keystore.Open(Save(), Password + " ", out PrivateKey? key));
        Assert.Null(key);
    }

    [Fact]
    public void Key_is_never_overwritten()
    {
        string path = Save();
        byte[] before = File.ReadAllBytes(path);
        using PrivateKey other = PrivateKey.Generate();
        Assert.Equal(KeystoreProblem.Exists, Keystore.Save(path, other, Password, Keystore.MinIterations));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Same_key_twice_gives_files_without_a_field_in_common_but_the_address()
    {
        JsonObject first = Read(Save("a"));
        JsonObject second = Read(Save("b"));
        foreach (string field in new[] { "salt", "nonce", "ciphertext", "tag" })
        {
            Assert.NotEqual(first[field]!.GetValue<string>(), second[field]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("salt")]
    [InlineData("nonce")]
    [InlineData("ciphertext")]
    [InlineData("tag")]
    public void Field_that_was_changed_opens_nothing(string field) =>
        Tampered(
            json =>
            {
                string hex = json[field]!.GetValue<string>();
                json[field] = (hex[0] == '0' ? '1' : '0') + hex[1..];
            },
            KeystoreProblem.WrongPasswordOrChanged
        );

    [Fact]
    public void Address_that_was_changed_opens_nothing() =>
        Tampered(json => json["address"] = "0x1234567890123456789012345678901234567890", KeystoreProblem.WrongPasswordOrChanged);

    [Fact]
    public void Rounds_that_were_changed_open_nothing()
    {
        Tampered(json => json["iterations"] = Keystore.MinIterations + 1, KeystoreProblem.WrongPasswordOrChanged);
        Tampered(json => json["iterations"] = 1, KeystoreProblem.BadDerivation);
        Tampered(json => json["iterations"] = int.MaxValue, KeystoreProblem.BadDerivation);
    }

    [Fact]
    public void Other_versions_and_ciphers_are_named_as_such()
    {
        Tampered(json => json["kedge_keystore"] = 2, KeystoreProblem.UnknownVersion);
        Tampered(json => json["cipher"] = "rot13", KeystoreProblem.UnknownVersion);
        Tampered(json => json["kdf"] = "scrypt", KeystoreProblem.UnknownVersion);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"kedge_keystore\":\"1\"}")]
    [InlineData("{\"kedge_keystore\":1,\"kdf\":\"pbkdf2-hmac-sha256\",\"cipher\":\"aes-256-gcm\",\"address\":\"\\ud800\"}")]
    public void What_is_no_keystore_is_named_as_such(string text)
    {
        string path = _folder.At("k.json");
        Write(path, text);
        Assert.Equal(KeystoreProblem.NotAKeystore, Keystore.Open(path, Password, out _));
    }

    [Fact]
    public void Truncated_and_mutated_files_never_throw()
    {
        string good = File.ReadAllText(Save());
        Random random = new(11);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(good[..random.Next(good.Length)]);
            if (bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            KeystoreProblem problem = KeystoreContent.Parse(bytes, out KeystoreContent? content);
            Assert.Equal(problem == KeystoreProblem.None, content is not null);
        }
    }

    [Fact]
    public void Missing_and_huge_files_are_told_apart()
    {
        Assert.Equal(KeystoreProblem.Missing, Keystore.ReadAddress(_folder.At("none"), out _));
        Write(_folder.At("huge"), new string(' ', Keystore.MaxFileBytes + 1));
        Assert.Equal(KeystoreProblem.NotAKeystore, Keystore.ReadAddress(_folder.At("huge"), out _));
    }

    private void Tampered(Action<JsonObject> change, KeystoreProblem expected)
    {
        string path = Save(Guid.NewGuid().ToString("N"));
        JsonObject json = Read(path);
        change(json);
        Write(path, json.ToJsonString());
        Assert.Equal(expected, Keystore.Open(path, Password, out PrivateKey? key));
        Assert.Null(key);
    }

    private string Save(string name = "k.json")
    {
        string path = _folder.At(name);
        Assert.True(PrivateKey.TryParse(Secret, out PrivateKey? key));
        using (key)
        {
            Assert.Equal(KeystoreProblem.None, Keystore.Save(path, key!, Password, Keystore.MinIterations));
        }

        return path;
    }

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
