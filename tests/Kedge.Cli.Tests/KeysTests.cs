using System.Text.RegularExpressions;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge keys</c> from outside: what it prints, what it writes, what it refuses.</summary>
public sealed class KeysTests : IDisposable
{
    private const string Key = "0123456789012345678901234567890123456789012345678901234567890123";
    private const string Address = "0x14791697260E4c9A71f18484C9f997B308e59325";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_key_is_in_an_encrypted_file_and_its_address_on_standard_output()
    {
        Outcome made = Run("KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new --keystore k.json");
        Assert.Equal(0, made.Code);
        Assert.Matches("^0x[0-9a-fA-F]{40}\n$", made.Out);
        Assert.Equal(made.Out, Run("$KEDGE keys address --keystore k.json").Out);
        Assert.Equal(made.Out, Run("KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys address --keystore k.json --check").Out);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("k.json")));
        }
    }

    [Fact]
    public void Imported_key_comes_from_standard_input_and_is_shown_nowhere()
    {
        Outcome made = Run(
            $"umask 077; echo 'long enough' > p; echo 0x{Key} | $KEDGE keys import --keystore k.json --password-file p"
        );
        Assert.Equal(0, made.Code);
        Assert.Equal(Address + "\n", made.Out);
        Assert.DoesNotContain(Key, made.ToString() + _folder.Text("k.json"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, Run("KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys address --keystore k.json --check").Code);
    }

    [Fact]
    public void Text_that_is_no_key_is_not_repeated()
    {
        Outcome refused = Run(
            $"echo {Key}ff | KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys import --keystore k.json --debug"
        );
        Assert.Equal(2, refused.Code);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("k.json")));
    }

    [Fact]
    public void Key_is_never_overwritten()
    {
        Assert.Equal(0, Run("KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new --keystore k.json").Code);
        string before = _folder.Text("k.json");
        Fails(3, "never overwritten", "KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new --keystore k.json");
        Assert.Equal(before, _folder.Text("k.json"));
    }

    [Fact]
    public void Wrong_passwords_and_wide_files_are_refused_in_a_line()
    {
        Assert.Equal(0, Run("KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new --keystore k.json").Code);
        Fails(1, "password is wrong", "KEDGE_KEYSTORE_PASSWORD=wrong $KEDGE keys address --keystore k.json --check");
        Fails(3, "chmod 600", "chmod 644 k.json; $KEDGE keys address --keystore k.json");
        Fails(3, "chmod 600", "echo 'long enough' > p; chmod 644 p; $KEDGE keys new --keystore other.json --password-file p");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Fails(2, "KEDGE_KEYSTORE_PASSWORD", "env -u KEDGE_KEYSTORE_PASSWORD $KEDGE keys new --keystore k.json < /dev/null");
        Fails(2, "fewer than 8", "KEDGE_KEYSTORE_PASSWORD=short $KEDGE keys new --keystore k.json");
        Fails(4, "keys new", "$KEDGE keys address --keystore k.json");
        Fails(4, "no folder", "KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new --keystore none/k.json");
        Fails(2, "no keystore", "umask 077; echo '{}' > k.json; $KEDGE keys address --keystore k.json");
        Fails(2, "new, import, address", "$KEDGE keys");
    }

    [Fact]
    public void Keystore_without_a_name_is_in_the_folder_of_the_user()
    {
        Outcome made = Run("XDG_CONFIG_HOME=$PWD/config KEDGE_KEYSTORE_PASSWORD='long enough' $KEDGE keys new");
        Assert.Equal(0, made.Code);
        Assert.True(File.Exists(_folder.At("config/kedge/keystore.json")));
    }

    [Fact]
    public void Prompt_shows_nothing_of_what_is_typed()
    {
        Assert.SkipUnless(Run("command -v script").Code == 0, "the 'script' program, which gives a terminal, is not installed");
        Outcome made = Run(
            "(sleep 2; echo 'typed secret'; sleep 1; echo 'typed secret'; sleep 3) | script -qec \"$KEDGE keys new --keystore k.json\" /dev/null"
        );
        Assert.True(File.Exists(_folder.At("k.json")), made.ToString());
        string shown = Regex.Replace(made.Out, "\u001b\\[[0-9;?]*[a-zA-Z]", "", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Contains("the same again", shown, StringComparison.Ordinal);
        Assert.Equal(0, Run("KEDGE_KEYSTORE_PASSWORD='typed secret' $KEDGE keys address --keystore k.json --check").Code);
        Assert.DoesNotContain("typed", shown[shown.IndexOf("password", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private void Fails(int code, string says, string line)
    {
        Outcome outcome = Run(line);
        Assert.True(outcome.Code == code, outcome.ToString());
        Assert.Single(outcome.ErrorLines);
        Assert.StartsWith("kedge: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    private Outcome Run(string line) => KedgeProgram.Shell(_folder.Path, line);
}
