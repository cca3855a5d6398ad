using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>What a session was told and did after one tick up to the next.</summary>
internal sealed class ParityInterval
{
    /// <summary>State of the engine at its beginning; null when it is the replay's own, told the same.</summary>
    public required ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The tick at its end, epoch ms; 0 for what follows the last tick.</summary>
    public long TickMs { get; set; }

    /// <summary>Distance of the two clocks at its end, milliseconds.</summary>
    public long OffsetMs { get; set; }

    /// <summary>Inputs, in order.</summary>
    public List<JournalRecord> Told { get; } = [];

    /// <summary>What was decided in it, in order.</summary>
    public List<ParityTrade> Trades { get; } = [];

    /// <summary>Orders that were refused: symbol, action, code.</summary>
    public List<(string Symbol, Kernel.OrderAction Action, string Code)> Refused { get; } = [];

    /// <summary>Funding payments: symbol, hour, amount.</summary>
    public List<(int Symbol, long HourMs, double Usd)> Funding { get; } = [];

    /// <summary>The ledger could not be written: what was decided then was not sent.</summary>
    public bool HadLedgerFailure { get; set; }

    /// <summary>State hash of the account at its end.</summary>
    public ulong Hash { get; set; }
}
