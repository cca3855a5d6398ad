using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Smart exits and the glitch guard.</summary>
internal static class TradeExitKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Float(
            ref p.Trade.SmartExitAdxExhaustionLt,
            "trade.smart_exit_adx_exhaustion_lt",
            18,
            ValueRange.NotNegative,
            "ADX exhaustion level for positions lacking an entry threshold; 0 = off.",
            axis: [0, 15, 30]
        );
        t.Float(
            ref p.Trade.SmartExitAdxExhaustionLtLowConf,
            "trade.smart_exit_adx_exhaustion_lt_low_conf",
            0,
            ValueRange.NotNegative,
            "ADX exhaustion level of low-confidence positions lacking an entry threshold; 0 = inherit.",
            axis: [0, 15, 30]
        );
        t.Bool(
            ref p.Trade.EnableRsiOverextensionExit,
            "trade.enable_rsi_overextension_exit",
            true,
            "RSI over-extension exit on/off.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.RsiExitProfitAtrSwitch,
            "trade.rsi_exit_profit_atr_switch",
            1.5,
            ValueRange.NotNegative,
            "Profit separating the two bound pairs.",
            axis: [1, 1.5, 2],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitUbLoProfit,
            "trade.rsi_exit_ub_lo_profit",
            80,
            ValueRange.Percent,
            "Upper bound below the switch.",
            axis: [75, 85, 95],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitUbHiProfit,
            "trade.rsi_exit_ub_hi_profit",
            70,
            ValueRange.Percent,
            "Upper bound at/above the switch.",
            axis: [50, 60, 70],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitLbLoProfit,
            "trade.rsi_exit_lb_lo_profit",
            20,
            ValueRange.Percent,
            "Lower bound below the switch.",
            axis: [10, 15, 20],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitLbHiProfit,
            "trade.rsi_exit_lb_hi_profit",
            30,
            ValueRange.Percent,
            "Lower bound at/above the switch.",
            axis: [25, 32, 40],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitUbLoProfitLowConf,
            "trade.rsi_exit_ub_lo_profit_low_conf",
            0,
            ValueRange.Percent,
            "Upper bound below the switch, low-confidence positions; 0 = inherit.",
            axis: [0, 80, 90],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitUbHiProfitLowConf,
            "trade.rsi_exit_ub_hi_profit_low_conf",
            0,
            ValueRange.Percent,
            "Upper bound at or above the switch, low-confidence positions; 0 = inherit.",
            axis: [0, 60, 70],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitLbLoProfitLowConf,
            "trade.rsi_exit_lb_lo_profit_low_conf",
            0,
            ValueRange.Percent,
            "Lower bound below the switch, low-confidence positions; 0 = inherit.",
            axis: [0, 10, 20],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.RsiExitLbHiProfitLowConf,
            "trade.rsi_exit_lb_hi_profit_low_conf",
            0,
            ValueRange.Percent,
            "Lower bound at or above the switch, low-confidence positions; 0 = inherit.",
            axis: [0, 25, 38],
            when: On("trade.enable_rsi_overextension_exit")
        );
        t.Float(
            ref p.Trade.TsmeMinProfitAtr,
            "trade.tsme_min_profit_atr",
            1,
            ValueRange.Any,
            "Minimum profit for the saturation exit.",
            axis: [0.7, 1, 1.3]
        );
        t.Bool(
            ref p.Trade.TsmeRequireAdxSlopeNegative,
            "trade.tsme_require_adx_slope_negative",
            true,
            "Require falling ADX for the saturation exit.",
            axis: [0, 1]
        );
        t.Bool(
            ref p.Trade.BlockExitsOnExtremeDev,
            "trade.block_exits_on_extreme_dev",
            false,
            "Glitch guard on/off.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.GlitchPriceDevPct,
            "trade.glitch_price_dev_pct",
            0.4,
            ValueRange.Positive,
            "Glitch: relative move vs previous close.",
            axis: [0.25, 0.4, 0.55]
        );
        t.Float(
            ref p.Trade.GlitchAtrMult,
            "trade.glitch_atr_mult",
            12,
            ValueRange.Positive,
            "Glitch: move in current ATRs.",
            axis: [8, 12, 16]
        );
        t.List("trade.stagnation_exempt", ["PAXG"], "Symbols that the stagnation exit leaves alone.");
    }
}
