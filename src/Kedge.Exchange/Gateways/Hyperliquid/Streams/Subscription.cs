using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>One subscription of one connection, and what is waiting to be sent for it.</summary>
internal sealed class Subscription
{
    public required StreamKind Kind { get; init; }

    /// <summary>What makes it the same subscription as another: type and arguments in one spelling.</summary>
    public required string Key { get; init; }

    /// <summary>Index of the instrument, −1 for none.</summary>
    public int Symbol { get; init; } = -1;

    public long IntervalMs { get; init; }

    /// <summary>Address in lower case, empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>Account of the user, −1 as long as it has none.</summary>
    public int Account { get; set; } = -1;

    public int? SignificantFigures { get; init; }

    public int? Mantissa { get; init; }

    public bool Aggregates { get; init; }

    public StreamConnection Connection { get; set; } = null!;

    /// <summary>It stands in the list of those with something to send.</summary>
    public bool IsQueued { get; set; }

    /// <summary>When something was last sent, monotonic.</summary>
    public long SentMs { get; set; }

    /// <summary>The mids that were sent last, by their number.</summary>
    public long SentMids { get; set; }

    public (BookLevel Bid, BookLevel Ask) SentQuote { get; set; }

    public List<FillRecord> Fills { get; } = [];

    public List<OrderRecord> Orders { get; } = [];

    public List<FundingRecord> Fundings { get; } = [];

    public List<LedgerRecord> Ledger { get; } = [];

    public List<TradeRecord> Trades { get; } = [];

    public List<CandleRecord> Candles { get; } = [];
}
