namespace Kedge.Configuration.Tests;

/// <summary>Files generated from the key table. Run the tests with <c>KEDGE_WRITE_GENERATED=1</c> to write them anew.</summary>
public sealed class GeneratedFileTests
{
    [Fact]
    public void The_schema_is_in_step_with_the_key_table() =>
        Check("config/strategy_overrides.schema.json", SchemaWriter.Write());

    [Fact]
    public void The_reference_is_in_step_with_the_key_table() =>
        Check("docs/reference/configuration.md", ReferenceWriter.Write());

    [Fact]
    public void The_example_loads_without_warnings()
    {
        ConfigurationOptions options = new()
        {
            Live = true,
            Mode = StrategyMode.Conservative,
            Symbols = ["BTC", "ETH"],
        };
        StrategyConfiguration configuration = ConfigurationLoader.Load(
            Repository.PathOf("config/strategy_overrides.example.yaml"),
            options
        );

        Assert.Empty(configuration.Warnings);
        Assert.Equal(5, configuration.For("BTC").Trade.LeverageHigh);
        Assert.Equal(0.5, configuration.For("ETH").Trade.SizeMultiplier);
    }

    private static void Check(string relative, string expected)
    {
        string path = Repository.PathOf(relative);
        if (string.Equals(Environment.GetEnvironmentVariable("KEDGE_WRITE_GENERATED"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
