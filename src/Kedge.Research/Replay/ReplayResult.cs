using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>What a replay ran on: everything that reproduces it, and nothing about when or where it ran.</summary>
public sealed record ReplayRun
{
    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Config id: SHA-256 of the effective configuration.</summary>
    public required string ConfigId { get; init; }

    /// <summary>Hash over all candle and funding bytes used.</summary>
    public required string DataHash { get; init; }

    /// <summary>The command that repeats the run.</summary>
    public required string Command { get; init; }

    /// <summary>Main interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Exit interval, or null when exits are tested on main bars.</summary>
    public Interval? ExitInterval { get; init; }

    /// <summary>Entry interval, or null when entries are decided on main bars.</summary>
    public Interval? EntryInterval { get; init; }

    /// <summary>First tick of the trade window, epoch ms.</summary>
    public required long FromMs { get; init; }

    /// <summary>Last tick of the trade window, epoch ms.</summary>
    public required long ToMs { get; init; }

    /// <summary>Main bars a symbol must have before it may trade.</summary>
    public required int Lookback { get; init; }

    /// <summary>Balance at the start, quote currency.</summary>
    public required double InitialBalance { get; init; }

    /// <summary>Slippage applied to entries, adds and exits, basis points.</summary>
    public required double SlippageBps { get; init; }

    /// <summary>Fee of crossing fills, basis points.</summary>
    public required double TakerFeeBps { get; init; }

    /// <summary>Whether funding was charged.</summary>
    public required bool HasFunding { get; init; }

    /// <summary>The strategies that traded; null for the kernel's alone.</summary>
    public IReadOnlyList<ReplayStrategy>? Strategies { get; init; }

    /// <summary>Whether instrument metadata was used (rounding, minimum notional, tiers, liquidation).</summary>
    public required bool HasInstruments { get; init; }
}

/// <summary>Everything a replay produced. Reports are made from this alone.</summary>
public sealed record ReplayResult
{
    /// <summary>What it ran on.</summary>
    public required ReplayRun Run { get; init; }

    /// <summary>Symbols by rank; bookings refer to it.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Every fill and funding payment in the order it was booked.</summary>
    public required IReadOnlyList<Booking> Bookings { get; init; }

    /// <summary>The account at the end of every tick of the trade window, and once after the final closes.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Why entries did and did not happen.</summary>
    public required GateFunnel Funnel { get; init; }

    /// <summary>The account at the end.</summary>
    public required Account Account { get; init; }

    /// <summary>State hash over the whole run.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>Main candles, for charts and for the buy-and-hold benchmark. Owned by the caller.</summary>
    public required ICandleSet Candles { get; init; }

    /// <summary>Whose a symbol's bookings are.</summary>
    public string StrategyOf(string symbol) =>
        Run.Strategies?.FirstOrDefault(s => s.Symbols.Contains(symbol, StringComparer.Ordinal))?.Name
        ?? Trading.Strategies.StrategyNames.Kernel;

    /// <summary>What a reader must know: gaps, missing metadata, rejected funding, short warm-up.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
