namespace Kedge.Research.Reports;

/// <summary>What is read off one curve of the account's value over the traded window.</summary>
/// <param name="Final">Last value.</param>
/// <param name="TotalReturn">Last ÷ first − 1.</param>
/// <param name="Cagr">Compound annual growth rate.</param>
/// <param name="Sharpe">Sharpe ratio of daily returns.</param>
/// <param name="Sortino">Sortino ratio of daily returns.</param>
/// <param name="Calmar">Growth rate ÷ deepest drawdown.</param>
/// <param name="Volatility">Annual volatility of daily returns.</param>
/// <param name="DownsideRisk">Annual downside risk of daily returns.</param>
/// <param name="MaxDrawdown">Deepest fall below a running peak, quote currency.</param>
/// <param name="MaxDrawdownFraction">Deepest fall below a running peak, fraction of the peak.</param>
/// <param name="Returns">Number of daily returns.</param>
/// <param name="Skewness">Skewness of daily returns.</param>
/// <param name="Kurtosis">Kurtosis of daily returns; 3 for normal ones.</param>
public sealed record CurveMetrics(
    double Final,
    double TotalReturn,
    double Cagr,
    double Sharpe,
    double Sortino,
    double Calmar,
    double Volatility,
    double DownsideRisk,
    double MaxDrawdown,
    double MaxDrawdownFraction,
    int Returns,
    double Skewness,
    double Kurtosis
);
