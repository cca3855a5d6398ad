namespace Kedge.Cli.Tests;

/// <summary>The state of a simulated exchange on the disk: whole or as it was, whatever happens to the process or the file.</summary>
public sealed class ExchangeStateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_exchange_leaves_what_was_saved_before()
    {
        using (RunningExchange first = Start())
        {
            Account(first, "first.json");
            Assert.Equal(0, first.End().Code);
        }

        byte[] saved = File.ReadAllBytes(_folder.At("venue.state"));
        using (RunningExchange second = Start())
        {
            Account(second, "second.json");
            second.Kill();
        }

        Assert.Equal(saved, File.ReadAllBytes(_folder.At("venue.state")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
        using RunningExchange third = Start();
        Assert.Equal(0, third.End().Code);
    }

    [Fact]
    public void Saved_exchange_is_restored_again_and_again()
    {
        for (int i = 0; i < 4; i++)
        {
            using RunningExchange exchange = Start("--speed", "600");
            Account(exchange, $"{i}.json");
            Outcome ended = exchange.End();
            Assert.True(ended.Code == 0, ended.ToString());
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Damaged_state_is_named_in_a_line_and_left_as_it_is(double where)
    {
        using (RunningExchange exchange = Start())
        {
            Assert.Equal(0, exchange.End().Code);
        }

        byte[] damaged = File.ReadAllBytes(_folder.At("venue.state"));
        damaged[(int)(damaged.Length * where)] ^= 0x20;
        Refuses(damaged);
        Refuses(damaged[..(damaged.Length / 2)]);
    }

    private void Refuses(byte[] damaged)
    {
        File.WriteAllBytes(_folder.At("venue.state"), damaged);
        Outcome outcome = KedgeProgram.Run(
            _folder.Path,
            ["exchange", "run", "--port", "0", "--admin-port", "0", "--symbols", "BTC", "--state", "venue.state"]
        );
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Single(outcome.ErrorLines);
        Assert.Contains("venue.state", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("copy", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(damaged, File.ReadAllBytes(_folder.At("venue.state")));
    }

    private RunningExchange Start(params string[] more) =>
        RunningExchange.Start(_folder.Path, ["--symbols", "BTC", "--state", "venue.state", .. more]);

    private void Account(RunningExchange exchange, string file)
    {
        Outcome opened = KedgeProgram.Run(
            _folder.Path,
            ["exchange", "account", "new", "--url", exchange.Admin, "--key-file", file]
        );
        Assert.True(opened.Code == 0, opened.ToString());
    }
}
