using System.Text;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Venues.Tests.Hyperliquid.Hosting;

/// <summary>A secrets file opens for its owner alone, and a broken one is refused without a word of what it holds.</summary>
public sealed class SecretsFileTests
{
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private const string Account = "0x1719884eb866cb12b2287399b15f7db5e7d775ea";

    [Fact]
    public void A_good_one_opens_and_a_wider_one_is_refused()
    {
        byte[] good = Encoding.UTF8.GetBytes($$"""{"secret_key":"{{Key}}","main_address":"{{Account}}"}""");
        Assert.Null(Problem(good, UnixFileMode.UserRead | UnixFileMode.UserWrite));
        foreach (UnixFileMode more in (UnixFileMode[])[UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.OtherWrite])
        {
            Assert.Equal(FailureKind.Refused, Problem(good, UnixFileMode.UserRead | more)!.Kind);
        }
    }

    [Fact]
    public void A_broken_one_is_refused_and_its_key_is_in_no_message()
    {
        byte[] head = Encoding.UTF8.GetBytes($$"""{"secret_key":"{{Key}}","main_address":" """.TrimEnd());
        byte[][] broken = [head, [.. head, 0xff, 0xfe, .. "\"}"u8], [.. head, .. "\\ud800\"}"u8], [.. head, .. "\"}"u8]];
        foreach (byte[] bytes in broken)
        {
            KedgeException problem = Problem(bytes, UnixFileMode.UserRead)!;
            Assert.Equal(FailureKind.Usage, problem.Kind);
            Assert.DoesNotContain(Key[..8], problem.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static KedgeException? Problem(byte[] bytes, UnixFileMode mode)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }

            SignerKeys.FromSecretsFile(path).Key.Dispose();
            return null;
        }
        catch (KedgeException e)
        {
            return e;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
