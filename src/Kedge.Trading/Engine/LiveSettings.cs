using Kedge.Configuration;

namespace Kedge.Trading.Engine;

/// <summary>How a lane deals with a venue. Times in milliseconds.</summary>
public sealed record LiveSettings
{
    /// <summary>What a configuration says in its section <c>oms</c>.</summary>
    /// <param name="configuration">The configuration, all layers resolved.</param>
    public static LiveSettings From(StrategyConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        decimal slippage = (decimal)Number("market_slippage_pct");
        return new LiveSettings
        {
            OrderTtlMs = (long)Number("order_ttl_ms"),
            Slippage = slippage,
            ExitSlippage = [slippage, Math.Min(2m * slippage, 0.10m), Math.Min(4m * slippage, 0.10m)],
            EntryBackoffMs = 1_000 * (long)Number("entry_fail_backoff_s"),
            ReconcileEveryMs = 1_000 * (long)Number("reconcile_s"),
            MaxAutomaticDifference = Number("max_automatic_difference"),
            CancelsStale = Number("cancel_stale") != 0.0,
            StaleOrderMs = (long)Number("stale_order_ms"),
            CancelsUnknownPrefix = Number("cancel_unknown_prefix") != 0.0,
            UnknownStaleOrderMs = (long)Math.Max(Number("unknown_stale_order_ms"), Number("stale_order_ms")),
            ReplacesStale = Number("replace_stale_orders") != 0.0,
            GuessesFills = Number("guess_fills") != 0.0,
            MatchTtlMs = (long)Number("match_ttl_ms"),
        };

        double Number(string key) => configuration.Value("oms." + key).Number;
    }

    /// <summary>How long an order is good (<c>oms.order_ttl_ms</c>): the venue refuses it later, which is part of the proof that it never came.</summary>
    public long OrderTtlMs { get; init; } = 15_000;

    /// <summary>How far the limit of an entry or a first exit lies behind the touch, a fraction (<c>oms.market_slippage_pct</c>).</summary>
    public decimal Slippage { get; init; } = 0.01m;

    /// <summary>The same for a full exit that is sent again while one before it is unknown: first, second, third.</summary>
    public IReadOnlyList<decimal> ExitSlippage { get; init; } = [0.01m, 0.02m, 0.04m];

    /// <summary>How long after a full exit of unknown outcome another may follow.</summary>
    public long ExitRetryMs { get; init; } = 2_000;

    /// <summary>
    /// The longest wait before the next exit of a symbol whose exits the venue refuses because it holds nothing to reduce. The first wait is a 16th of it,
    /// each further one twice the one before; an answer that shows the position ends it.
    /// </summary>
    public long ExitRefusedMs { get; init; } = 8_000;

    /// <summary>How long a symbol is not entered after an entry of it failed (<c>oms.entry_fail_backoff_s</c>).</summary>
    public long EntryBackoffMs { get; init; } = 120_000;

    /// <summary>How long fills may lag behind the end of their order before that is told.</summary>
    public long MissingFillsMs { get; init; } = 10_000;

    /// <summary>How often the venue's account and orders are held against the ledger (<c>oms.reconcile_s</c>).</summary>
    public long ReconcileEveryMs { get; init; } = 10_000;

    /// <summary>How long a difference must last, with nothing in flight, before it is booked.</summary>
    public long DifferenceMs { get; init; } = 15_000;

    /// <summary>Consecutive answers that must show the same difference before it is booked.</summary>
    public int DifferenceAnswers { get; init; } = 3;

    /// <summary>Cash differences up to this are rounding, USD.</summary>
    public decimal CashTolerance { get; init; } = 0.01m;

    /// <summary>Differences of a position above this fraction of equity need an operator: they are not booked, and entries stop.</summary>
    public double MaxAutomaticDifference { get; init; } = 0.25;

    /// <summary>Whether orders that rest too long are cancelled (<c>oms.cancel_stale</c>); never those of operators or others.</summary>
    public bool CancelsStale { get; init; } = true;

    /// <summary>An order of the engine that rests longer than this is cancelled (<c>oms.stale_order_ms</c>).</summary>
    public long StaleOrderMs { get; init; } = 30_000;

    /// <summary>The same for one that bears our prefix and that the ledger does not know (<c>oms.unknown_stale_order_ms</c>).</summary>
    public long UnknownStaleOrderMs { get; init; } = 300_000;

    /// <summary>Whether those are cancelled at all (<c>oms.cancel_unknown_prefix</c>).</summary>
    public bool CancelsUnknownPrefix { get; init; } = true;

    /// <summary>What a stale order had left is ordered again at the fresh price, with a new id (<c>oms.replace_stale_orders</c>).</summary>
    public bool ReplacesStale { get; init; }

    /// <summary>How often one order is replaced in a row.</summary>
    public int MaxReplacements { get; init; } = 3;

    /// <summary>
    /// Whether a fill without any id may be taken for the one order it can be of. Off where the venue's fills bear our ids: there such a fill is somebody
    /// else's.
    /// </summary>
    public bool GuessesFills { get; init; }

    /// <summary>How long after an intent a fill without any id may be taken for it (<c>oms.match_ttl_ms</c>).</summary>
    public long MatchTtlMs { get; init; } = 600_000;

    /// <summary>Orders of operators that may be under way or rest at a time.</summary>
    public int MaxPlacedOrders { get; init; } = 64;

    /// <summary>How often orders of an earlier life are asked about again when a question failed.</summary>
    public long ResolveRetryMs { get; init; } = 10_000;
}
