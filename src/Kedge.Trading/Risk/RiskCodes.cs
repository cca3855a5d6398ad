using System.Collections.Frozen;

namespace Kedge.Trading.Risk;

/// <summary>Names of the refusals, and their numbers in the kernel.</summary>
public static class RiskCodes
{
    private static readonly FrozenDictionary<RiskCode, string> Names = new Dictionary<RiskCode, string>
    {
        [RiskCode.None] = "none",
        [RiskCode.CloseOnly] = "close_only",
        [RiskCode.HaltAll] = "halt_all",
        [RiskCode.HardKill] = "hard_kill",
        [RiskCode.EquityUnknown] = "equity_unknown",
        [RiskCode.BadNumber] = "bad_number",
        [RiskCode.LossStreak] = "loss_streak",
        [RiskCode.MaxLeverage] = "max_leverage",
        [RiskCode.MaxNotional] = "max_notional",
        [RiskCode.MaxSymbolNotional] = "max_symbol_notional",
        [RiskCode.MaxGrossNotional] = "max_gross_notional",
        [RiskCode.MaxNetExposure] = "max_net_exposure",
        [RiskCode.MaxExposure] = "max_exposure",
        [RiskCode.MaxPositions] = "max_positions",
        [RiskCode.ExposureAltsLongs] = "exposure_alts_longs",
        [RiskCode.ExposureAltsShorts] = "exposure_alts_shorts",
        [RiskCode.PortfolioHeat] = "portfolio_heat",
        [RiskCode.MinOrderGap] = "min_order_gap",
        [RiskCode.EntryRate] = "entry_rate",
        [RiskCode.EntryRateSymbol] = "entry_rate_symbol",
        [RiskCode.EntryNotionalRate] = "entry_notional_rate",
        [RiskCode.ExitRate] = "exit_rate",
        [RiskCode.CancelRate] = "cancel_rate",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RiskCode> Codes = Names.ToFrozenDictionary(
        p => p.Value,
        p => p.Key,
        StringComparer.Ordinal
    );

    /// <summary>Every code that refuses, in the order of their numbers.</summary>
    public static IReadOnlyList<RiskCode> All { get; } = [.. Names.Keys.Where(c => c != RiskCode.None).Order()];

    /// <summary>The name as ledger, audit and alerts write it.</summary>
    public static string Name(this RiskCode code) => Names[code];

    /// <summary>The number the kernel carries.</summary>
    public static int ToRefusal(this RiskCode code) => (int)code;

    /// <summary>The code of a number the kernel carried; false when risk did not refuse it.</summary>
    public static bool TryFromRefusal(int refusal, out RiskCode code)
    {
        code = (RiskCode)refusal;
        return code != RiskCode.None && Names.ContainsKey(code);
    }

    /// <summary>The code of a name; false when there is none.</summary>
    public static bool TryParse(string name, out RiskCode code) => Codes.TryGetValue(name, out code);
}
