using Kedge.Trading.Risk;

namespace Kedge.Trading.Engine;

/// <summary>Names of refusals.</summary>
public static class EngineRefusals
{
    /// <summary>The stable name of a refusal number, the engine's or the risk manager's.</summary>
    /// <param name="code">As in <see cref="Kernel.OrderOutcome.RefusalCode"/>.</param>
    public static string Name(int code) =>
        (EngineRefusal)code switch
        {
            EngineRefusal.DuplicateKey => "duplicate_key",
            EngineRefusal.WorkingOrder => "working_order",
            EngineRefusal.Lot => "lot",
            EngineRefusal.MinNotional => "min_notional",
            EngineRefusal.LeverageTier => "leverage_tier",
            EngineRefusal.PriceStale => "price_stale",
            EngineRefusal.Recovering => "recovering",
            EngineRefusal.Reconcile => "reconcile",
            EngineRefusal.ExitInFlight => "exit_in_flight",
            EngineRefusal.ExitUnknown => "exit_unknown",
            EngineRefusal.NoInstrument => "no_instrument",
            EngineRefusal.Ledger => "ledger",
            EngineRefusal.ForeignPosition => "foreign_position",
            EngineRefusal.SessionDown => "session_down",
            EngineRefusal.EntryBackoff => "entry_backoff",
            EngineRefusal.ExitCooldown => "exit_cooldown",
            EngineRefusal.Paused => "paused",
            EngineRefusal.PriceGrid => "price_grid",
            EngineRefusal.NothingHeld => "nothing_held",
            EngineRefusal.OtherSide => "other_side",
            EngineRefusal.FreeCash => "free_cash",
            EngineRefusal.TooManyOrders => "too_many_orders",
            EngineRefusal.NoRest => "no_rest",
            EngineRefusal.ExitRefused => "exit_refused",
            EngineRefusal.ExitOnly => "exit_only",
            _ => ((RiskCode)code).Name(),
        };
}
