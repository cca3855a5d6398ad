using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>What each mode still allows.</summary>
public static class KillRules
{
    /// <summary>Why a mode refuses an order; <see cref="RiskCode.None"/> when it does not.</summary>
    /// <param name="mode">The ruling mode.</param>
    /// <param name="action">What the order does.</param>
    /// <param name="byOperator">An operator ordered it by name.</param>
    public static RiskCode Refuses(KillMode mode, RiskAction action, bool byOperator) =>
        mode switch
        {
            KillMode.Off => RiskCode.None,
            KillMode.CloseOnly => action.IsEntry() ? RiskCode.CloseOnly : RiskCode.None,
            KillMode.HaltAll => action == RiskAction.Cancel || (action.IsExit() && byOperator) ? RiskCode.None : RiskCode.HaltAll,
            _ => RiskCode.HardKill,
        };
}
