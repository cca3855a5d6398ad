using Kedge.Model;

namespace Kedge.Research.Search.Results;

/// <summary>Names of objectives, and the field of a row that each of them is.</summary>
public static class Objectives
{
    /// <summary>Names on the command line.</summary>
    public const string Names = "pnl, sharpe, calmar, profit_factor";

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
            _ => throw KedgeException.Usage($"{option}: '{name}' is unknown; one of {Names}"),
        };

    /// <summary>Name of an objective.</summary>
    public static string Name(this SweepObjective objective) =>
        objective switch
        {
            SweepObjective.Sharpe => "sharpe",
            SweepObjective.Calmar => "calmar",
            SweepObjective.ProfitFactor => "profit_factor",
            _ => "pnl",
        };

    /// <summary>The field of a row that holds it.</summary>
    public static string Field(this SweepObjective objective) =>
        objective switch
        {
            SweepObjective.Sharpe => "sharpe_ratio",
            SweepObjective.Calmar => "calmar_ratio",
            SweepObjective.ProfitFactor => "profit_factor",
            _ => "total_pnl",
        };

    /// <summary>Value of an objective.</summary>
    public static double Of(this SweepObjective objective, SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return objective switch
        {
            SweepObjective.Sharpe => row.Market.Sharpe,
            SweepObjective.Calmar => row.Market.Calmar,
            SweepObjective.ProfitFactor => row.ProfitFactor,
            _ => row.TotalPnl,
        };
    }
}
