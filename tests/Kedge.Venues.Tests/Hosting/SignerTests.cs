using Kedge.Crypto;
using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Venues.Tests.Hosting;

/// <summary>Keys and nonces on the disk: for their owner alone, one process a signer, nothing lost by a restart.</summary>
public sealed class SignerTests : IDisposable
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private const string Account = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23";
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-signer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Secrets_file_gives_key_and_account()
    {
        string path = Write($"{{\"note\":[1],\"main_address\":\"{Account}\",\"secret_key\":\"0x{Key}\"}}", UnixFileMode.UserRead);
        (PrivateKey key, Address account) = SignerKeys.FromSecretsFile(path);
        using (key)
        {
            Assert.Equal(Account, account.ToString());
            Assert.Equal(Account, Secp256k1.Default.PublicKeyOf(key).ToAddress().ToString());
        }
    }

    [Fact]
    public void The_environment_gives_a_key_and_a_wrong_one_is_refused_without_being_told()
    {
        string? before = Environment.GetEnvironmentVariable(SignerKeys.KeyVariable);
        try
        {
            Environment.SetEnvironmentVariable(SignerKeys.KeyVariable, null);
            Assert.Null(SignerKeys.FromEnvironment());
            Environment.SetEnvironmentVariable(SignerKeys.KeyVariable, "0x" + Key);
            using (PrivateKey? key = SignerKeys.FromEnvironment())
            {
                Assert.Equal(Account, Secp256k1.Default.PublicKeyOf(key!).ToAddress().ToString());
            }

            Environment.SetEnvironmentVariable(SignerKeys.KeyVariable, Key + "ff");
            KedgeException wrong = Assert.Throws<KedgeException>(SignerKeys.FromEnvironment);
            Assert.Equal(FailureKind.Usage, wrong.Kind);
            Assert.DoesNotContain(Key, wrong.ToString(), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Environment.SetEnvironmentVariable(SignerKeys.KeyVariable, before);
        }
    }

    [Fact]
    public void File_that_others_may_use_is_refused_and_nothing_of_it_is_told()
    {
        string path = Write(
            $"{{\"main_address\":\"{Account}\",\"secret_key\":\"{Key}\"}}",
            UnixFileMode.UserRead | UnixFileMode.GroupRead
        );
        KedgeException refused = Assert.Throws<KedgeException>(() => SignerKeys.FromSecretsFile(path));
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.OrdinalIgnoreCase);

        File.Delete(path);
        path = Write($"{{\"secret_key\":\"{Key}ff\"}}", UnixFileMode.UserRead);
        KedgeException wrong = Assert.Throws<KedgeException>(() => SignerKeys.FromSecretsFile(path));
        Assert.Equal(FailureKind.Usage, wrong.Kind);
        Assert.DoesNotContain(Key, wrong.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nonces_are_kept_and_a_second_process_is_refused()
    {
        Assert.True(Address.TryParse(Account, out Address signer));
        using (NonceFile first = NonceFile.Open(LocalFileSystem.Instance, _folder, signer))
        {
            Assert.Equal(0, first.Bound);
            first.Save(1_700_000_000_123);
            KedgeException refused = Assert.Throws<KedgeException>(() =>
                NonceFile.Open(LocalFileSystem.Instance, _folder, signer)
            );
            Assert.Equal(FailureKind.Refused, refused.Kind);
        }

        using NonceFile again = NonceFile.Open(LocalFileSystem.Instance, _folder, signer);
        Assert.Equal(1_700_000_000_123, again.Bound);
    }

    [Theory]
    [InlineData("mainnet", "wss://api.hyperliquid.xyz/ws")]
    [InlineData("testnet", "wss://api.hyperliquid-testnet.xyz/ws")]
    [InlineData("http://127.0.0.1:3001", "ws://127.0.0.1:3001/ws")]
    [InlineData("http://user@127.0.0.1:3001", null)]
    [InlineData("ftp://127.0.0.1", null)]
    public void Networks_have_their_socket_on_the_same_port(string text, string? socket)
    {
        Assert.Equal(socket is not null, NetworkEndpoint.TryParse(text, isMainnet: false, out NetworkEndpoint? network));
        Assert.Equal(socket, network?.Socket.ToString());
    }

    private string Write(string text, UnixFileMode mode)
    {
        string path = Path.Combine(_folder, "secrets.json");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }
}
