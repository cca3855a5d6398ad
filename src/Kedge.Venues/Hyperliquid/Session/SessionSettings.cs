using Kedge.Crypto;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>How a session behaves. Limits of the venue have the values of its documentation; all times are milliseconds.</summary>
public sealed record SessionSettings
{
    /// <summary>Mainnet or testnet: the two sign differently.</summary>
    public bool IsMainnet { get; init; }

    /// <summary>The account whose orders, fills and money are watched; null for market data only. Never an agent's address.</summary>
    public Address? Account { get; init; }

    /// <summary>Sub-account or vault that is traded for, instead of the account itself; it is then the one that is watched.</summary>
    public Address? Vault { get; init; }

    /// <summary>Key that signs actions, of the account or of an agent; null for reading only. The caller disposes it, after the session.</summary>
    public PrivateKey? Signer { get; init; }

    /// <summary>REST weight per minute and address of the internet (Hyperliquid, "Rate limits").</summary>
    public int WeightPerMinute { get; init; } = 1_200;

    /// <summary>Part of it that this process may use, above 0 up to 1.</summary>
    public double WeightShare { get; init; } = 0.5;

    /// <summary>Part of our share that only exits and cancels may use, 0 up to 0.5.</summary>
    public double WeightReserve { get; init; } = 0.2;

    /// <summary>Actions of the address that only exits and cancels may use.</summary>
    public int ActionReserve { get; init; } = 200;

    /// <summary>Requests that may be under way at once, 1…100.</summary>
    public int MaxInFlight { get; init; } = 16;

    /// <summary>Requests of one class that may wait; more are answered as not sent.</summary>
    public int MaxQueued { get; init; } = 256;

    /// <summary>Commands that may wait for the session to be ready; more are answered as not sent.</summary>
    public int MaxWaitingCommands { get; init; } = 1_024;

    /// <summary>Subscriptions the venue allows, 1…1,000.</summary>
    public int MaxSubscriptions { get; init; } = 1_000;

    /// <summary>Messages a minute that we send over the socket, at most 2,000.</summary>
    public int MaxMessagesPerMinute { get; init; } = 1_000;

    /// <summary>New connections a minute, at most 30.</summary>
    public int MaxConnectionsPerMinute { get; init; } = 20;

    /// <summary>Silence on our side after which we ping.</summary>
    public int PingAfterMs { get; init; } = 15_000;

    /// <summary>Time for an answer to a ping; after it the socket counts as dead.</summary>
    public int PongTimeoutMs { get; init; } = 10_000;

    /// <summary>Time for a socket to open.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>Time for a subscription to be acknowledged, from its sending.</summary>
    public int AckTimeoutMs { get; init; } = 10_000;

    /// <summary>Time from an open socket to <c>SessionUp</c> after which a slow catch-up is told; it goes on.</summary>
    public int CatchUpSlowMs { get; init; } = 60_000;

    /// <summary>First pause before a reconnect.</summary>
    public int BackoffMinMs { get; init; } = 500;

    /// <summary>Longest pause before a reconnect.</summary>
    public int BackoffMaxMs { get; init; } = 30_000;

    /// <summary>Seed of the jitter of pauses.</summary>
    public ulong JitterSeed { get; init; } = 1;

    /// <summary>Time for an answer of <c>/exchange</c>.</summary>
    public int OrderTimeoutMs { get; init; } = 4_000;

    /// <summary>Time for an answer of <c>/info</c>.</summary>
    public int InfoTimeoutMs { get; init; } = 10_000;

    /// <summary>How long after its sending an action is still taken by the venue (<c>expiresAfter</c>).</summary>
    public int ExpiryMarginMs { get; init; } = 10_000;

    /// <summary>
    /// Each so-manieth placement is sent without an expiry; 0 for none. A venue that takes such an order late is met only with them: what was sent so counts
    /// as absent not before <see cref="OpenEndedLifeMs"/> have passed.
    /// </summary>
    public int OpenEndedEvery { get; init; }

    /// <summary>How long after its sending an order without an expiry may still arrive.</summary>
    public int OpenEndedLifeMs { get; init; } = 660_000;

    /// <summary>How far before the cursor catch-up and audit ask again, for records that the venue writes late.</summary>
    public int OverlapMs { get; init; } = 120_000;

    /// <summary>
    /// How far past the start history must have moved on before keys of a restored cursor whose records never came again are forgotten; at least
    /// twice the overlap. Our clock may be slow by as much.
    /// </summary>
    public int KeyWindowMs { get; init; } = 600_000;

    /// <summary>Keys of each kind that are remembered at most; at more, what is older than the rest counts as settled.</summary>
    public int MaxKeys { get; init; } = 4_096;

    /// <summary>Fills that the venue puts into one answer at most, 1…2,000.</summary>
    public int FillsPerPage { get; init; } = 2_000;

    /// <summary>How often recent fills are asked for although the stream is alive.</summary>
    public int AuditEveryMs { get; init; } = 30_000;

    /// <summary>How often live orders are compared with the venue although the stream is alive: the end of one that it lost is found within this.</summary>
    public int OrderAuditEveryMs { get; init; } = 30_000;

    /// <summary>How often funding, transfers and the budget of actions are asked for although streams are alive.</summary>
    public int SlowAuditEveryMs { get; init; } = 300_000;

    /// <summary>How often instruments are read again.</summary>
    public int MetaEveryMs { get; init; } = 600_000;

    /// <summary>Silence after which the stream of mid prices is stale.</summary>
    public int MidsStaleMs { get; init; } = 10_000;

    /// <summary>Silence after which a stream of quotes is stale; quotes come on change only.</summary>
    public int QuoteStaleMs { get; init; } = 60_000;

    /// <summary>Silence after which a stream of candles is stale.</summary>
    public int CandleStaleMs { get; init; } = 180_000;

    /// <summary>Time since the account's streams were last proven right, by a message or by an audit, after which they are stale.</summary>
    public int AccountStaleMs { get; init; } = 120_000;

    /// <summary>Undecodable messages in a row after which the connection is given up.</summary>
    public int MaxGarbage { get; init; } = 20;

    /// <summary>Least weight a minute: a page of 2,000 fills costs 120.</summary>
    private const int MinWeight = 120;

    /// <summary>Whose orders, fills and money are watched.</summary>
    public Address? Watched => Vault ?? Account;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">One is out of its range, or two contradict each other.</exception>
    public void Validate()
    {
        Check(WeightPerMinute, 100, 1_000_000, nameof(WeightPerMinute));
        Check(WeightShare, 0.01, 1.0, nameof(WeightShare));
        Check(WeightReserve, 0.0, 0.5, nameof(WeightReserve));
        Check(ActionReserve, 0, 1_000_000, nameof(ActionReserve));
        Check(MaxInFlight, 1, 100, nameof(MaxInFlight));
        Check(MaxQueued, 1, 100_000, nameof(MaxQueued));
        Check(MaxWaitingCommands, 1, 100_000, nameof(MaxWaitingCommands));
        Check(MaxSubscriptions, 1, 1_000, nameof(MaxSubscriptions));
        Check(MaxMessagesPerMinute, 10, 2_000, nameof(MaxMessagesPerMinute));
        Check(MaxConnectionsPerMinute, 1, 30, nameof(MaxConnectionsPerMinute));
        CheckTime(PingAfterMs, nameof(PingAfterMs), 50_000);
        CheckTime(PongTimeoutMs, nameof(PongTimeoutMs));
        CheckTime(ConnectTimeoutMs, nameof(ConnectTimeoutMs));
        CheckTime(AckTimeoutMs, nameof(AckTimeoutMs));
        CheckTime(CatchUpSlowMs, nameof(CatchUpSlowMs));
        CheckTime(BackoffMinMs, nameof(BackoffMinMs));
        CheckTime(BackoffMaxMs, nameof(BackoffMaxMs));
        CheckTime(OrderTimeoutMs, nameof(OrderTimeoutMs));
        CheckTime(InfoTimeoutMs, nameof(InfoTimeoutMs));
        CheckTime(ExpiryMarginMs, nameof(ExpiryMarginMs));
        Check(OpenEndedEvery, 0, 1_000_000, nameof(OpenEndedEvery));
        CheckTime(OpenEndedLifeMs, nameof(OpenEndedLifeMs));
        CheckTime(OverlapMs, nameof(OverlapMs));
        CheckTime(KeyWindowMs, nameof(KeyWindowMs));
        Check(FillsPerPage, 1, 2_000, nameof(FillsPerPage));
        Check(MaxKeys, 2_048, 1_000_000, nameof(MaxKeys));
        CheckTime(AuditEveryMs, nameof(AuditEveryMs));
        CheckTime(OrderAuditEveryMs, nameof(OrderAuditEveryMs));
        CheckTime(SlowAuditEveryMs, nameof(SlowAuditEveryMs));
        CheckTime(MetaEveryMs, nameof(MetaEveryMs));
        CheckTime(MidsStaleMs, nameof(MidsStaleMs));
        CheckTime(QuoteStaleMs, nameof(QuoteStaleMs));
        CheckTime(CandleStaleMs, nameof(CandleStaleMs));
        CheckTime(AccountStaleMs, nameof(AccountStaleMs));
        Check(MaxGarbage, 1, 10_000, nameof(MaxGarbage));
        Require(BackoffMinMs <= BackoffMaxMs, nameof(BackoffMaxMs), "is below the shortest pause");
        Require(KeyWindowMs >= 2 * (long)OverlapMs, nameof(KeyWindowMs), "is below twice the overlap");
        Require(
            WeightPerMinute * WeightShare >= MinWeight,
            nameof(WeightShare),
            "leaves less than the dearest single question costs"
        );
        Require(Vault is null || Account is not null, nameof(Vault), "needs an account");
        Require(Signer is null || Account is not null, nameof(Signer), "needs an account");
    }

    private static void CheckTime(int value, string name, int max = 86_400_000) => Check(value, 10, max, name);

    private static void Check(double value, double min, double max, string name) =>
        Require(value >= min && value <= max, name, FormattableString.Invariant($"is {value}; {min} up to {max} is possible"));

    private static void Require(bool isOk, string name, string problem)
    {
        if (!isOk)
        {
            throw new ArgumentException($"{name} {problem}.", name);
        }
    }
}
