using Kedge.Model.Ledger;
using Kedge.Trading.Risk;
using Kedge.Trading.State;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Engine;

/// <summary>What a lane is and how its engine keeps time. Fixed for the life of an engine.</summary>
public sealed record EngineSettings
{
    /// <summary>Name of the lane: one engine, one venue account, one ledger.</summary>
    public required string Lane { get; init; }

    /// <summary>The venue account, or the name of the paper account; part of what makes a fill one fill.</summary>
    public string Account { get; init; } = "paper";

    /// <summary>First four bytes of our order ids (<c>AI_QUANT_OMS_CLOID_PREFIX</c>).</summary>
    public ClientOrderPrefix ClientOrderPrefix { get; init; } = ClientOrderPrefix.Engine;

    /// <summary>Limits; null only on a candle driver that is to do what a replay without limits does.</summary>
    public RiskSettings? Risk { get; init; }

    /// <summary>Where orders go.</summary>
    public TradingMode Mode { get; init; } = TradingMode.Paper;

    /// <summary>Which strategy has which symbol; null where the kernel has all of them.</summary>
    [field: NotState("other people's code; the header of a journal names them")]
    public StrategyBook? Strategies { get; init; }

    /// <summary>How it deals with a venue; not used on paper.</summary>
    public LiveSettings Live { get; init; } = new();

    /// <summary>What opens a tick.</summary>
    public TickSource Ticks { get; init; } = TickSource.Bars;

    /// <summary>Wallet of a paper account that has no ledger yet, quote currency.</summary>
    public double PaperBalance { get; init; } = 10_000.0;

    /// <summary>
    /// Paper orders fill at the fresh best bid or offer, or at the fresh mid with slippage. Off, they fill at the price the decision was made at, with
    /// slippage, as in a replay.
    /// </summary>
    public bool FillsAtQuotes { get; init; } = true;

    /// <summary>
    /// How often held positions are tested at their last prices, beside every new price, milliseconds; at least 1,000. While anything is under way with
    /// the venue or waits for the ledger it is every second whatever this says.
    /// </summary>
    public long LookEveryMs { get; init; } = 1_000;

    /// <summary>A price older than this is not traded on, milliseconds.</summary>
    public long PriceMaxAgeMs { get; init; } = 10_000;

    /// <summary>Consecutive looks at a held symbol without a fresh price after which an alert is raised.</summary>
    public int StalePriceAlertAfter { get; init; } = 30;

    /// <summary>Entries of a tick are left out when this much later, milliseconds; 0 for no limit.</summary>
    public long EntryMaxDelayMs { get; init; }

    /// <summary>Main intervals without a bar after which a symbol counts as delisted; 0 where the venue says so itself.</summary>
    public int DataEndsAfterBars { get; init; }

    /// <summary>Bars of the past are asked of the store at the start; off where a driver tells them itself.</summary>
    public bool LoadsBarsAtStart { get; init; } = true;

    /// <summary>Main bars asked of the store when indicators are built anew.</summary>
    public int WarmUpBars { get; init; } = 2_000;

    internal StrategyIdentity StrategyOf(string symbol) => Strategies?.IdentityOf(symbol) ?? StrategyIdentity.Kernel;
}
