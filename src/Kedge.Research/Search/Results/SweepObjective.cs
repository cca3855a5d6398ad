namespace Kedge.Research.Search.Results;

/// <summary>What makes one configuration better than another; more is better.</summary>
public enum SweepObjective
{
    /// <summary>Net profit, marked to market.</summary>
    Pnl = 0,

    /// <summary>Sharpe ratio of daily returns, marked to market.</summary>
    Sharpe = 1,

    /// <summary>Calmar ratio, marked to market.</summary>
    Calmar = 2,

    /// <summary>Net profit factor of all exits.</summary>
    ProfitFactor = 3,

    /// <summary>Profit, profit factor, Sharpe ratio, drawdown and too few trades in one number.</summary>
    Balanced = 4,
}
