using System.Text.Json;
using Kedge.Research.Statistics;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Statistics;

/// <summary>The metrics against published cases of empyrical and LEAN (cases whose arguments are plain numbers).</summary>
public sealed class MetricVectorTests
{
    private static readonly Dictionary<string, double> Periods = new()
    {
        ["daily"] = 252.0,
        ["weekly"] = 52.0,
        ["monthly"] = 12.0,
    };

    [Theory]
    [InlineData("cum_returns_final", 4)]
    [InlineData("max_drawdown", 5)]
    [InlineData("annual_ret", 3)]
    [InlineData("annual_volatility", 4)]
    [InlineData("sharpe_ratio", 6)]
    [InlineData("downside_risk", 8)]
    [InlineData("sortino", 7)]
    [InlineData("cagr", 4)]
    public void Empyrical(string function, int leastCases)
    {
        using JsonDocument vectors = Vectors("empyrical.json");
        JsonElement root = vectors.RootElement;
        JsonElement test = root.GetProperty("tests")
            .EnumerateArray()
            .Single(t => t.GetProperty("function").ValueEquals(function));
        double tolerance = 0.5001 * Math.Pow(10.0, -test.GetProperty("decimals").GetInt32());
        int checkedCases = 0;
        foreach (JsonElement one in test.GetProperty("cases").EnumerateArray())
        {
            double parameter = 0.0;
            if (
                (one.TryGetProperty("risk_free", out JsonElement p) || one.TryGetProperty("required_return", out p))
                && !TryNumber(p, out parameter)
            )
            {
                continue;
            }

            double start = one.TryGetProperty("starting_value", out JsonElement s) ? s.GetDouble() : 0.0;
            string name = one.GetProperty("returns").GetProperty("series").GetString()!;
            double[] returns =
            [
                .. root.GetProperty("series").GetProperty(name).GetProperty("values").EnumerateArray().Select(Number),
            ];
            double periods = one.TryGetProperty("period", out JsonElement period) ? Periods[period.GetString()!] : 252.0;
            double expected = Number(one.GetProperty("expected"));
            double actual = function switch
            {
                "cum_returns_final" => start == 0.0 ? CumulativeReturn.Of(returns) : start * (1.0 + CumulativeReturn.Of(returns)),
                "max_drawdown" => 0.0 - Drawdown.OfReturns(returns),
                "annual_ret" or "cagr" => Cagr.OfReturns(returns, periods),
                "annual_volatility" => Volatility.Annual(returns, periods, ddof: 1),
                "sharpe_ratio" => Sharpe.Ratio(returns, periods, ddof: 1, parameter),
                "downside_risk" => DownsideRisk.Annual(returns, periods, parameter),
                _ => Sortino.Ratio(returns, periods, parameter),
            };
            bool agrees = double.IsFinite(expected) ? Math.Abs(expected - actual) <= tolerance : expected.Equals(actual);
            Assert.True(agrees, $"{function}({name}, {parameter}): expected {expected}, got {actual}");
            checkedCases++;
        }

        Assert.True(checkedCases >= leastCases, $"only {checkedCases} cases of {function}");
    }

    [Fact]
    public void Lean_annual_variance()
    {
        using JsonDocument vectors = Vectors("lean.json");
        foreach (JsonElement one in vectors.RootElement.GetProperty("portfolio_statistics").EnumerateArray())
        {
            double[] returns = [.. one.GetProperty("performance").EnumerateArray().Select(Number)];
            double volatility = Volatility.Annual(returns, one.GetProperty("trading_days_per_year").GetDouble(), ddof: 1);
            Assert.Equal(one.GetProperty("annual_std").GetDouble(), volatility, 12);
            Assert.Equal(one.GetProperty("annual_variance").GetDouble(), volatility * volatility, 12);
        }
    }

    [Fact]
    public void Lean_drawdown_recovery()
    {
        using JsonDocument vectors = Vectors("lean.json");
        foreach (JsonElement one in vectors.RootElement.GetProperty("drawdown_recovery_days").EnumerateArray())
        {
            double[] equity = [.. one.GetProperty("equity_daily").EnumerateArray().Select(Number)];
            WorstDrawdowns worst = new(10, 0, equity.Length > 0 ? equity[0] : 0.0);
            for (int i = 0; i < equity.Length; i++)
            {
                worst.Add(i, equity[i]);
            }

            long longest = worst.Finish().Where(p => p.EndMs is not null).Select(p => p.LengthMs).DefaultIfEmpty(0).Max();
            Assert.Equal(one.GetProperty("expected").GetInt64(), longest);
        }
    }

    [Fact]
    public void Edges_are_defined()
    {
        Assert.Equal(double.PositiveInfinity, ProfitFactor.Of(5.0, 0.0));
        Assert.Equal(0.0, ProfitFactor.Of(0.0, 0.0));
        Assert.Equal(2.0, ProfitFactor.Of(4.0, -2.0));
        Assert.Equal(double.PositiveInfinity, Calmar.Ratio(0.1, 0.0));
        Assert.True(double.IsNaN(Calmar.Ratio(0.0, 0.0)));
        Assert.Equal(-1.0, Cagr.OfValues(100.0, -5.0, 1.0));
        Assert.True(double.IsNaN(Cagr.OfValues(100.0, 110.0, 0.0)));
    }

    private static JsonDocument Vectors(string name)
    {
        string relative = $"vectors/portfolio-stats/{name}";
        Assert.SkipWhen(ReferenceData.WhyAbsent(relative) is not null, ReferenceData.WhyAbsent(relative) ?? "");
        return JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require(relative)));
    }

    private static double Number(JsonElement value) =>
        TryNumber(value, out double number) ? number : throw new InvalidDataException();

    private static bool TryNumber(JsonElement value, out double number)
    {
        number = 0.0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(value.GetString(), out number),
            _ => false,
        };
    }
}
