using System.Collections.Frozen;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>The spelling of faults, and what is true of each kind.</summary>
public static class FaultWords
{
    private static readonly (FaultKind Kind, FaultRhythm Rhythm, string Word, DurationRange Lasts)[] Table =
    [
        (FaultKind.SocketDropped, FaultRhythm.Day, "socket_dropped", new DurationRange(0, 0)),
        (FaultKind.SocketHalfOpen, FaultRhythm.Day, "socket_half_open", new DurationRange(0, 0)),
        (FaultKind.SocketStalled, FaultRhythm.Day, "socket_stalled", new DurationRange(1_000, 20_000)),
        (FaultKind.SnapshotWithheld, FaultRhythm.Frame, "snapshot_withheld", new DurationRange(0, 0)),
        (FaultKind.FillLost, FaultRhythm.Frame, "fill_lost", new DurationRange(0, 0)),
        (FaultKind.FillDuplicated, FaultRhythm.Frame, "fill_duplicated", new DurationRange(0, 2_000)),
        (FaultKind.FillReordered, FaultRhythm.Frame, "fill_reordered", new DurationRange(500, 10_000)),
        (FaultKind.FillDelayed, FaultRhythm.Frame, "fill_delayed", new DurationRange(100, 10_000)),
        (FaultKind.UpdateLost, FaultRhythm.Frame, "update_lost", new DurationRange(0, 0)),
        (FaultKind.UpdateDuplicated, FaultRhythm.Frame, "update_duplicated", new DurationRange(0, 2_000)),
        (FaultKind.UpdateReordered, FaultRhythm.Frame, "update_reordered", new DurationRange(500, 10_000)),
        (FaultKind.UpdateDelayed, FaultRhythm.Frame, "update_delayed", new DurationRange(100, 10_000)),
        (FaultKind.ResponseLost, FaultRhythm.Request, "response_lost", new DurationRange(5_000, 30_000)),
        (FaultKind.RequestLost, FaultRhythm.Request, "request_lost", new DurationRange(5_000, 30_000)),
        (FaultKind.RequestLate, FaultRhythm.Request, "request_late", new DurationRange(500, 15_000)),
        (FaultKind.OrderNotFound, FaultRhythm.Request, "order_not_found", new DurationRange(0, 0)),
        (FaultKind.RateLimited, FaultRhythm.Request, "rate_limited", new DurationRange(1_000, 10_000)),
        (FaultKind.ServerError, FaultRhythm.Request, "server_error", new DurationRange(1_000, 10_000)),
        (FaultKind.NonceRefused, FaultRhythm.Request, "nonce_refused", new DurationRange(0, 0)),
        (FaultKind.ClockStepped, FaultRhythm.Day, "clock_stepped", new DurationRange(60_000, 600_000)),
        (FaultKind.PartialFillCancel, FaultRhythm.Day, "partial_fill_cancel", new DurationRange(0, 0)),
        (FaultKind.Liquidation, FaultRhythm.Day, "liquidation", new DurationRange(0, 0)),
        (FaultKind.Deleveraging, FaultRhythm.Day, "deleveraging", new DurationRange(0, 0)),
        (FaultKind.Delisting, FaultRhythm.Day, "delisting", new DurationRange(0, 0)),
        (FaultKind.LotChanged, FaultRhythm.Day, "lot_changed", new DurationRange(0, 0)),
        (FaultKind.CandleMissing, FaultRhythm.Frame, "candle_missing", new DurationRange(1_000, 60_000)),
        (FaultKind.CandleRevised, FaultRhythm.Day, "candle_revised", new DurationRange(0, 0)),
        (FaultKind.CandleDuplicated, FaultRhythm.Frame, "candle_duplicated", new DurationRange(0, 2_000)),
        (FaultKind.CandleLate, FaultRhythm.Frame, "candle_late", new DurationRange(500, 20_000)),
        (FaultKind.HistoryLate, FaultRhythm.Frame, "history_late", new DurationRange(500, 10_000)),
    ];

    private static readonly FrozenDictionary<string, FaultKind> ByWord = Table.ToFrozenDictionary(
        row => row.Word,
        row => row.Kind,
        StringComparer.Ordinal
    );

    /// <summary>All kinds, in order.</summary>
    public static IReadOnlyList<FaultKind> Kinds { get; } = [.. Table.Select(row => row.Kind)];

    /// <summary>The word of a kind in plans, requests and log codes (<c>fault.</c> before it there).</summary>
    public static string Word(FaultKind kind) => Table[(int)kind].Word;

    /// <summary>By what the kind is counted: <c>chance</c> for requests and frames, <c>per_day</c> for days.</summary>
    public static FaultRhythm Rhythm(FaultKind kind) => Table[(int)kind].Rhythm;

    /// <summary>How long the kind lasts when a plan does not say.</summary>
    public static DurationRange Lasts(FaultKind kind) => Table[(int)kind].Lasts;

    /// <summary>Whether the kind is done by the venue or its operator and not to a request or frame.</summary>
    public static bool IsOperators(FaultKind kind) => Rhythm(kind) == FaultRhythm.Day && kind > FaultKind.SocketStalled;

    /// <summary>Whether the kind lasts at all; others take no <c>for</c>.</summary>
    public static bool HasDuration(FaultKind kind) => Lasts(kind).ToMs > 0;

    /// <summary>The kind of a word.</summary>
    public static bool TryParse(string word, out FaultKind kind) => ByWord.TryGetValue(word, out kind);
}
