namespace Kedge.Golden.Engine;

/// <summary>Costs the earlier system had hard-coded.</summary>
public static class GoldenCosts
{
    /// <summary>Fee of every fill, a fraction of notional: 3.5 basis points.</summary>
    public const double FeeRate = 0.00035;

    /// <summary>Slippage of exits, basis points, whatever was configured for entries.</summary>
    public const double ExitSlippageBps = 0.5;
}
