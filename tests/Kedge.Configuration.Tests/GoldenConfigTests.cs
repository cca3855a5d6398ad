namespace Kedge.Configuration.Tests;

/// <summary>The configurations of the golden runs.</summary>
public sealed class GoldenConfigTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("tests/Kedge.Configuration.Tests/GoldenConfigs");

    [Theory]
    [MemberData(nameof(Files))]
    public void It_loads_with_every_layer(string file)
    {
        StrategyConfiguration configuration = ConfigurationLoader.Load(Path.Combine(Folder, file), new() { Live = true });
        Assert.Equal("1h", configuration.Settings.MainInterval.Name);
    }

    [Fact]
    public void Symbol_and_live_layers_apply_when_they_are_asked_for()
    {
        string path = Path.Combine(Folder, "symbol_live_layers.yaml");

        Assert.Equal(2.0, ConfigurationLoader.Load(path, new() { UseSymbols = false }).For("ETH").Trade.SlAtrMult);
        Assert.Equal(6.0, ConfigurationLoader.Load(path, new() { OnlySymbol = "ETH" }).For("ETH").Trade.Leverage);
        Assert.Equal(0.02, ConfigurationLoader.Load(path, new() { Live = true }).For("BTC").Trade.AllocationPct);
    }
}
