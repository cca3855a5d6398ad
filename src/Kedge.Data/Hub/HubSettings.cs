using Kedge.Model;

namespace Kedge.Data.Hub;

/// <summary>How a hub works.</summary>
public sealed record HubSettings
{
    /// <summary>Candles that are kept; the first is the main series, which candle keys are of.</summary>
    public IReadOnlyList<HubSeriesSpec> Series { get; init; } = [new(Interval.OneHour, 250)];

    /// <summary>How the symbols are chosen that are watched; null when whoever drives the hub says it.</summary>
    public WatchlistRules? Watchlist { get; init; }

    /// <summary>Candle keys are close times of closed candles (<c>engine.signal_on_candle_close</c>).</summary>
    public bool SignalOnCandleClose { get; init; } = true;

    /// <summary>A bar counts as over this long after its end, milliseconds (<c>engine.candle_close_grace_ms</c>).</summary>
    public long GraceMs { get; init; } = 2_000;

    /// <summary>A price older than this is not traded on, milliseconds; below it the venue is asked for one.</summary>
    public long MidTradeMs { get; init; } = 10_000;

    /// <summary>A source of prices older than this is left for the next one, milliseconds (<c>AI_QUANT_WS_STALE_MIDS_S</c>).</summary>
    public long MidStaleMs { get; init; } = 60_000;

    /// <summary>A quote older than this is not used, milliseconds; 0 for no limit (<c>AI_QUANT_WS_STALE_BBO_S</c>).</summary>
    public long QuoteStaleMs { get; init; } = 120_000;

    /// <summary>A price that is repeated unchanged for longer than this is not fresh, milliseconds; 0 for no limit.</summary>
    public long FrozenMs { get; init; } = 600_000;

    /// <summary>A better source is in use again only after it was good for this long, milliseconds; a worse one after nothing better was for as long.</summary>
    public long SettleMs { get; init; } = 5_000;

    /// <summary>The databases are asked for a bar that the feed has not served this long after its end, milliseconds.</summary>
    public long StoreDelayMs { get; init; } = 5_000;

    /// <summary>They are asked again this often, milliseconds; less often the longer it lacks.</summary>
    public long StoreEveryMs { get; init; } = 2_000;

    /// <summary>The newest bars are read again this often in any case, milliseconds: finds corrections that were missed.</summary>
    public long LookAgainEveryMs { get; init; } = 600_000;

    /// <summary>The venue may be asked (<c>AI_QUANT_REST_ENABLE</c>).</summary>
    public bool UseRest { get; init; } = true;

    /// <summary>The venue is asked for a bar that neither has this long after its end, milliseconds.</summary>
    public long RestDelayMs { get; init; } = 12_000;

    /// <summary>Between two questions to the venue, milliseconds (<c>AI_QUANT_CANDLE_REST_MIN_GAP_MS</c>).</summary>
    public long RestMinGapMs { get; init; } = 500;

    /// <summary>Between two questions about one series, milliseconds.</summary>
    public long RestKeyGapMs { get; init; } = 5_000;

    /// <summary>Questions that may be unanswered at a time (<c>AI_QUANT_CANDLE_REST_MAX_INFLIGHT</c>).</summary>
    public int RestMaxInFlight { get; init; } = 4;

    /// <summary>A series whose question failed waits this long, milliseconds, twice as long after each further failure.</summary>
    public long RestFirstRetryMs { get; init; } = 10_000;

    /// <summary>But not longer than this, milliseconds.</summary>
    public long RestMaxRetryMs { get; init; } = 600_000;

    /// <summary>The venue's own mid is told once the feed's price is older than this, milliseconds.</summary>
    public long VenueMidAfterMs { get; init; } = 3_000;

    /// <summary>A question without an answer is given up after this long, milliseconds.</summary>
    public long RestTimeoutMs { get; init; } = 90_000;

    /// <summary>A bar that the venue does not tell this long after its end does not exist, milliseconds.</summary>
    public long RestSettledMs { get; init; } = 60_000;

    /// <summary>Later bars wait this long for one that lacks, milliseconds; then they are told without it.</summary>
    public long HoleWaitMs { get; init; } = 90_000;

    /// <summary>Symbols over the life of a hub.</summary>
    public int MaxSymbols { get; init; } = 2_000;

    /// <summary>Reads what environment variables say of limits that no configuration has.</summary>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <exception cref="KedgeException">A variable is no number in range (exit 2).</exception>
    public static HubSettings Read(Func<string, string?> variable)
    {
        HubSettings usual = new();
        HubVariables read = new(variable);
        return new HubSettings
        {
            MidStaleMs = 1_000L * read.Number("AI_QUANT_WS_STALE_MIDS_S", (int)(usual.MidStaleMs / 1_000), 1, 3_600),
            QuoteStaleMs = 1_000L * read.Number("AI_QUANT_WS_STALE_BBO_S", (int)(usual.QuoteStaleMs / 1_000), 0, 86_400),
            UseRest = read.Number("AI_QUANT_REST_ENABLE", 1, 0, 1) != 0,
            RestMinGapMs = read.Number("AI_QUANT_CANDLE_REST_MIN_GAP_MS", (int)usual.RestMinGapMs, 0, 60_000),
            RestMaxInFlight = read.Number("AI_QUANT_CANDLE_REST_MAX_INFLIGHT", usual.RestMaxInFlight, 1, 64),
        };
    }

    /// <summary>Candles older than this are stale: three intervals, at least five minutes.</summary>
    public static long CandleStaleMs(Interval interval) => Math.Max(3 * interval.Ms, 300_000);
}
