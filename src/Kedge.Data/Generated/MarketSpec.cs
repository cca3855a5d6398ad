using Kedge.Model;

namespace Kedge.Data.Generated;

/// <summary>Which market to generate. Equal specs give equal bytes.</summary>
public sealed record MarketSpec
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Symbols; the roles in <see cref="MarketFeatures"/> count from the end of this list.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = DefaultSymbols;

    /// <summary>Bars from start to end of the market.</summary>
    public int Bars { get; init; } = 8_760;

    /// <summary>Length of a bar.</summary>
    public Interval Interval { get; init; } = Interval.OneHour;

    /// <summary>Open time of the first bar, epoch ms; 2024-01-01 00:00 UTC unless set.</summary>
    public long StartMs { get; init; } = 1_704_067_200_000;

    /// <summary>What happens in it.</summary>
    public MarketFeatures Features { get; init; } = MarketFeatures.All;

    /// <summary>Thirty names known from perpetual futures.</summary>
    public static IReadOnlyList<string> DefaultSymbols { get; } =
    [
        "BTC",
        "ETH",
        "SOL",
        "BNB",
        "XRP",
        "DOGE",
        "ADA",
        "AVAX",
        "LINK",
        "DOT",
        "LTC",
        "NEAR",
        "ATOM",
        "UNI",
        "AAVE",
        "SUI",
        "APT",
        "ARB",
        "OP",
        "INJ",
        "TIA",
        "SEI",
        "HYPE",
        "PAXG",
        "TRX",
        "FIL",
        "ETC",
        "kPEPE",
        "MATIC",
        "WIF",
    ];
}
