using Kedge.Cli.Feed;
using Kedge.Data.Feed;
using Kedge.Model;

namespace Kedge.Cli.Tests;

public sealed class RetentionTests
{
    private static readonly Interval[] Intervals = [FeedSettings.Minute, .. new FeedSettings().Coarse];

    [Fact]
    public void Nothing_is_deleted_when_nothing_is_said() => Assert.Empty(Read([]));

    [Fact]
    public void Variables_give_days_except_for_append_only_intervals() =>
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["1m"] = 4, ["1h"] = 209 },
            Read(
                [],
                ("AI_QUANT_CANDLE_HORIZON_1m_D", "4"),
                ("AI_QUANT_CANDLE_HORIZON_3m_D", "11"),
                ("AI_QUANT_CANDLE_HORIZON_5m_D", "18"),
                ("AI_QUANT_CANDLE_HORIZON_1h_D", "209")
            )
        );

    [Fact]
    public void An_empty_list_of_append_only_intervals_includes_them_again() =>
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["3m"] = 11 },
            Read([], ("AI_QUANT_CANDLE_HORIZON_3m_D", "11"), ("AI_QUANT_CANDLE_PRUNE_DISABLE_INTERVALS", ""))
        );

    [Fact]
    public void An_option_wins_over_every_variable() =>
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["3m"] = 9 },
            Read(["1m=0", "3m=9"], ("AI_QUANT_CANDLE_HORIZON_1m_D", "4"))
        );

    [Theory]
    [InlineData("1m")]
    [InlineData("1m=")]
    [InlineData("1m=-1")]
    [InlineData("1m=2.5")]
    [InlineData("2m=4")]
    [InlineData("4h=4")]
    public void Days_that_cannot_be_meant_are_refused_rather_than_guessed(string option)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => Read([option]));
        Assert.Equal(FailureKind.Usage, e.Kind);
        Assert.Contains("--keep", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AI_QUANT_CANDLE_HORIZON_1m_D", "four")]
    [InlineData("AI_QUANT_CANDLE_HORIZON_1m_D", "0")]
    [InlineData("AI_QUANT_CANDLE_PRUNE_DISABLE_INTERVALS", "3m,5n")]
    public void So_are_variables(string name, string value) =>
        Assert.Contains(name, Assert.Throws<KedgeException>(() => Read([], (name, value))).Message, StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, int> Read(string[] options, params (string Name, string Value)[] variables) =>
        Retention.Read(options, Intervals, name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());
}
