using Kedge.Kernel;

namespace Kedge.Configuration.Tests;

/// <summary>The mode flat takes no entries, wherever a value comes from.</summary>
public sealed class FlatModeTests
{
    private const string Yaml = """
        global:
          trade:
            max_open_positions: 7
        symbols:
          ETH:
            trade:
              enable_pyramiding: true
        """;

    [Fact]
    public void Flat_beats_the_file_its_symbols_and_the_command_line()
    {
        ConfigurationOptions options = new()
        {
            Mode = StrategyMode.Flat,
            Overrides = [ConfigurationOverride.Parse("trade.max_open_positions=9")],
        };
        StrategyConfiguration flat = ConfigurationLoader.Parse(Yaml, "c.yaml", options);
        Parameters eth = flat.For("ETH");
        Assert.Equal(0, eth.Trade.MaxOpenPositions);
        Assert.False(eth.Trade.EnablePyramiding);
        Assert.Contains("mode flat", flat.Origin("trade.max_open_positions").ToString(), StringComparison.Ordinal);
        Assert.Equal(7, ConfigurationLoader.Parse(Yaml, "c.yaml").Portfolio.Trade.MaxOpenPositions);
    }
}
