using Kedge.Model;

namespace Kedge.Research.Search.Results;

/// <summary>Names of objectives, and the value each of them has for a row.</summary>
public static class Objectives
{
    /// <summary>Names on the command line.</summary>
    public const string Names = "pnl, sharpe, calmar, profit_factor, balanced";

    // The balanced score: points for profit, profit factor and Sharpe ratio, against points for drawdown and for trades that are missing.
    private const double PointsOfPnl = 0.3;
    private const double PointsOfFactor = 20.0;
    private const double MostFactor = 10.0;
    private const double PointsOfSharpe = 15.0;
    private const double PointsOfDrawdown = 100.0;
    private const double EnoughTrades = 20.0;
    private const double PointsOfMissingTrade = 5.0;

    /// <summary>Finds an objective by its name.</summary>
    /// <param name="option">The option it was given with, for the message.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="KedgeException">There is none of this name (exit 2).</exception>
    public static SweepObjective Parse(string option, string name) =>
        name switch
        {
            "pnl" or "total_pnl" => SweepObjective.Pnl,
            "sharpe" or "sharpe_ratio" => SweepObjective.Sharpe,
            "calmar" or "calmar_ratio" => SweepObjective.Calmar,
            "profit_factor" => SweepObjective.ProfitFactor,
            "balanced" => SweepObjective.Balanced,
            _ => throw KedgeException.Usage($"{option}: '{name}' is unknown; one of {Names}"),
        };

    /// <summary>Name of an objective.</summary>
    public static string Name(this SweepObjective objective) =>
        objective switch
        {
            SweepObjective.Sharpe => "sharpe",
            SweepObjective.Calmar => "calmar",
            SweepObjective.ProfitFactor => "profit_factor",
            SweepObjective.Balanced => "balanced",
            _ => "pnl",
        };

    /// <summary>Value of an objective for a row.</summary>
    public static double Of(this SweepObjective objective, SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return objective switch
        {
            SweepObjective.Sharpe => row.Market.Sharpe,
            SweepObjective.Calmar => row.Market.Calmar,
            SweepObjective.ProfitFactor => row.ProfitFactor,
            SweepObjective.Balanced => Balanced(
                row.TotalPnl,
                row.ProfitFactor,
                row.Market.Sharpe,
                row.Market.MaxDrawdownFraction,
                row.All.Trades
            ),
            _ => row.TotalPnl,
        };
    }

    /// <summary>Value of an objective for a row that was read back: the same number.</summary>
    public static double Of(this SweepObjective objective, ResultLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return objective switch
        {
            SweepObjective.Sharpe => line.Number("sharpe_ratio"),
            SweepObjective.Calmar => line.Number("calmar_ratio"),
            SweepObjective.ProfitFactor => line.Number("profit_factor"),
            SweepObjective.Balanced => Balanced(
                line.Number("total_pnl"),
                line.Number("profit_factor"),
                line.Number("sharpe_ratio"),
                line.Number("max_drawdown_pct"),
                line.Number("total_trades")
            ),
            _ => line.Number("total_pnl"),
        };
    }

    /// <summary>
    /// 0.3 × profit + 20 × min(profit factor, 10) + 15 × Sharpe − 100 × drawdown − 5 for each trade below 20. The last is taken off, not multiplied: halving the score of a
    /// configuration that loses would reward it for trading little.
    /// </summary>
    private static double Balanced(double pnl, double factor, double sharpe, double drawdown, double trades) =>
        (PointsOfPnl * pnl)
        + (PointsOfFactor * Math.Min(factor, MostFactor))
        + (PointsOfSharpe * sharpe)
        - (PointsOfDrawdown * drawdown)
        - (PointsOfMissingTrade * Math.Max(EnoughTrades - trades, 0.0));
}
