using Kedge.Model;

namespace Kedge.Data.Hub;

/// <summary>Which symbols are watched.</summary>
public sealed record WatchlistRules
{
    /// <summary>Most symbols that volume may choose.</summary>
    public const int MaxTopN = 200;

    /// <summary>What is watched as long as nobody has named symbols and volumes are not known.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        "BTC",
        "ETH",
        "SOL",
        "HYPE",
        "XRP",
        "ARB",
        "OP",
        "SUI",
        "AVAX",
        "APT",
        "LINK",
        "NEAR",
        "LTC",
        "BCH",
        "XLM",
        "ADA",
        "DOT",
        "STX",
        "POL",
        "TIA",
    ];

    /// <summary>Symbols named one by one, in order; empty to choose by volume (<c>AI_QUANT_SYMBOLS</c>).</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>How many the volume chooses, 1…200 (<c>AI_QUANT_TOP_N</c>).</summary>
    public int TopN { get; init; } = 50;

    /// <summary>Symbols that are never traded (<c>watchlist_exclude</c>), regardless of case.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>A symbol stays until its rank is beyond <see cref="TopN"/> by more than this (<c>AI_QUANT_WATCHLIST_MARGIN</c>).</summary>
    public int Margin { get; init; } = 10;

    /// <summary>And is so in this many looks in a row (<c>AI_QUANT_WATCHLIST_LOOKS</c>).</summary>
    public int Looks { get; init; } = 3;

    /// <summary>Time between two looks, seconds (<c>AI_QUANT_WATCHLIST_REFRESH_S</c>).</summary>
    public int RefreshS { get; init; } = 60;

    /// <summary>A lane begins anew for another list no sooner than this after it began, seconds (<c>AI_QUANT_WATCHLIST_RESTART_S</c>).</summary>
    public int RestartS { get; init; } = 900;

    /// <summary>Prices of this symbol are always wanted: the market's state is read off it.</summary>
    public string Anchor { get; init; } = "BTC";

    /// <summary>Reads the rules from environment variables.</summary>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <param name="exclude"><c>watchlist_exclude</c> of the configuration.</param>
    /// <exception cref="KedgeException">A variable is no number in range (exit 2).</exception>
    public static WatchlistRules Read(Func<string, string?> variable, IReadOnlyList<string> exclude)
    {
        ArgumentNullException.ThrowIfNull(variable);
        WatchlistRules usual = new();
        HubVariables read = new(variable);
        return new WatchlistRules
        {
            Named =
            [
                .. (variable("AI_QUANT_SYMBOLS") ?? "")
                    .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Distinct(StringComparer.Ordinal),
            ],
            Exclude = exclude,
            TopN = read.Number("AI_QUANT_TOP_N", usual.TopN, 1, MaxTopN),
            Margin = read.Number("AI_QUANT_WATCHLIST_MARGIN", usual.Margin, 0, MaxTopN),
            Looks = read.Number("AI_QUANT_WATCHLIST_LOOKS", usual.Looks, 1, 1_000),
            RefreshS = read.Number("AI_QUANT_WATCHLIST_REFRESH_S", usual.RefreshS, 1, 86_400),
            RestartS = read.Number("AI_QUANT_WATCHLIST_RESTART_S", usual.RestartS, 0, 86_400),
        };
    }
}
