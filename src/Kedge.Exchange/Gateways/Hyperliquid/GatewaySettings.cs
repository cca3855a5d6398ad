using Kedge.Exchange.Gateways.Hyperliquid.Streams;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>How strict a gateway is and how much it remembers. Defaults are the venue's.</summary>
public sealed record GatewaySettings
{
    /// <summary>Whose signatures are taken.</summary>
    public SignatureNetwork Network { get; init; } = SignatureNetwork.Either;

    /// <summary>Request weight one caller has in a minute; above zero. Beyond it requests are answered 429.</summary>
    public int WeightPerMinute { get; init; } = 1_200;

    /// <summary>Callers whose weight is counted apart; those beyond it share one budget.</summary>
    public int CallersMax { get; init; } = 4_096;

    /// <summary>Whether a nonce must lie within two days before and one day after the venue's time.</summary>
    public bool NonceWindow { get; init; } = true;

    /// <summary>Whether builder fees may be approved. A builder's fee is never charged.</summary>
    public bool BuilderFees { get; init; } = true;

    /// <summary>Fills kept of an account; older ones are forgotten.</summary>
    public int FillsKept { get; init; } = 10_000;

    /// <summary>Fills in one answer.</summary>
    public int FillsServed { get; init; } = 2_000;

    /// <summary>Orders kept of an account, each in its latest state; older ones are forgotten.</summary>
    public int OrdersKept { get; init; } = 2_000;

    /// <summary>Funding payments and ledger entries kept of an account, and funding rates of a symbol; older ones are forgotten.</summary>
    public int PaymentsKept { get; init; } = 5_000;

    /// <summary>Trades kept of a symbol; older ones are forgotten.</summary>
    public int TradesKept { get; init; } = 500;

    /// <summary>Elements of a time-ranged answer unless the venue says otherwise.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Limits and cadences of the WebSocket.</summary>
    public StreamSettings Streams { get; init; } = new();

    /// <summary>Seed of what is left to chance: the order of a modify's two updates.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Longest request body, bytes; a longer one is answered 413.</summary>
    public int BodyBytesMax { get; init; } = 1 << 20;
}
