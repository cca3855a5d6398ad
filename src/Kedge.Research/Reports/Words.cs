using Kedge.Kernel;

namespace Kedge.Research.Reports;

/// <summary>Names of kernel codes as reports spell them.</summary>
public static class Words
{
    private static readonly string[] StopNames =
    [
        "none",
        "no_signal",
        "working_order",
        "breadth_unknown",
        "regime_filter",
        "regime_gate",
        "confidence",
        "pesc",
        "ssf",
        "reef",
        "entry_budget",
        "max_positions",
        "entry_cooldown",
        "margin",
        "min_notional",
        "free_cash",
        "refused",
        "unsizable",
        "code_18",
        "code_19",
        "add_count",
        "add_confidence",
        "add_cooldown",
        "add_profit",
        "pyramiding_off",
        "add_leverage",
    ];

    private static readonly string[] StopTexts =
    [
        "Nothing",
        "No signal from the gates and modes",
        "Order still working",
        "Breadth unknown",
        "Breadth against the direction",
        "Chop gate",
        "Confidence below the minimum",
        "Cooldown after an exit (PESC)",
        "MACD sign against the direction (SSF)",
        "RSI extreme (REEF)",
        "Entry budget of the tick used up",
        "Maximum of open positions",
        "Cooldown between entries",
        "Margin cap",
        "Below the minimum notional",
        "Not enough free cash",
        "Refused by the venue",
        "Size not usable",
        "Code 18",
        "Code 19",
        "All adds made",
        "Confidence below the minimum for adds",
        "Too soon for an add",
        "Not enough profit for an add",
        "Held already, pyramiding off",
        "Add too large for its leverage",
    ];

    /// <summary>Side of a position: LONG or SHORT.</summary>
    public static string Of(Side side) => side == Side.Short ? "SHORT" : "LONG";

    /// <summary>Confidence tier: low, medium or high.</summary>
    public static string Of(Confidence confidence) =>
        confidence switch
        {
            Confidence.Low => "low",
            Confidence.High => "high",
            _ => "medium",
        };

    /// <summary>Action and side, e.g. <c>OPEN_LONG</c>; funding is <c>FUNDING</c>.</summary>
    public static string Of(OrderAction action, Side side)
    {
        bool isShort = side == Side.Short;
        return action switch
        {
            OrderAction.Open => isShort ? "OPEN_SHORT" : "OPEN_LONG",
            OrderAction.Add => isShort ? "ADD_SHORT" : "ADD_LONG",
            OrderAction.Reduce => isShort ? "REDUCE_SHORT" : "REDUCE_LONG",
            OrderAction.Close => isShort ? "CLOSE_SHORT" : "CLOSE_LONG",
            OrderAction.Funding => "FUNDING",
            _ => "NONE",
        };
    }

    /// <summary>Name of a stop code in snake case.</summary>
    public static string Name(StopCode code) => StopNames[(int)code];

    /// <summary>What a stop code means, in a few words.</summary>
    public static string Describe(StopCode code) => StopTexts[(int)code];
}
