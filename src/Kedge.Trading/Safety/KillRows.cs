using Kedge.Model.Ledger;

namespace Kedge.Trading.Safety;

/// <summary>Latches in the words of the ledger.</summary>
public static class KillRows
{
    private const string Hard = "hard";

    /// <summary>The row of a change.</summary>
    public static LedgerRow.KillChanged Of(KillChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        KillLatch latch = change.Latch;
        return new LedgerRow.KillChanged(
            latch.Key,
            change.Cleared ? null : WordOf(latch.Mode),
            change.WallMs,
            change.Cleared ? change.Why : latch.Reason,
            change.By,
            change.Cleared || latch.Clearing != KillClearing.AtTime ? null : latch.ClearsAtWallMs
        );
    }

    /// <summary>The latch that the ledger holds, for a start without a saved risk state. A mode that nobody knows halts.</summary>
    public static KillLatch ToLatch(Kedge.Model.Ledger.KillLatch kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        KillMode mode = kept.Mode switch
        {
            "close_only" => KillMode.CloseOnly,
            Hard => KillMode.HardKill,
            _ => KillMode.HaltAll,
        };
        KillClearing clearing = kept.LiftsAtMs is not null
            ? KillClearing.AtTime
            : kept.Name switch
            {
                KillKeys.Environment or KillKeys.HardEnvironment or KillKeys.EquityUnknown => KillClearing.WhileCondition,
                KillKeys.Ledger or KillKeys.Journal => KillClearing.WhileCondition,
                _ => KillClearing.Operator,
            };
        return new KillLatch(kept.Name, mode, kept.Reason, kept.SinceMs, clearing, kept.LiftsAtMs ?? 0);
    }

    /// <summary>The ledger's word for a mode.</summary>
    public static string WordOf(KillMode mode) => mode == KillMode.HardKill ? Hard : mode.Name();
}
