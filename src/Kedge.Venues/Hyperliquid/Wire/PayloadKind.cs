namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What a payload is: stream messages, answers of <c>/info</c>, answers of <c>/exchange</c>.</summary>
public enum PayloadKind
{
    /// <summary>Not known: refused before it could be told, or refused.</summary>
    None,

    /// <summary>Stream or answer: mid prices of all symbols.</summary>
    Mids,

    /// <summary>Stream: best bid and offer.</summary>
    Quote,

    /// <summary>Stream: one candle.</summary>
    Candle,

    /// <summary>Stream or answer: a book.</summary>
    Book,

    /// <summary>Stream: public trades.</summary>
    Trades,

    /// <summary>Stream or answer: own fills.</summary>
    Fills,

    /// <summary>Stream: changes of own orders.</summary>
    OrderUpdates,

    /// <summary>Stream or answer: funding payments.</summary>
    FundingPayments,

    /// <summary>Stream or answer: deposits, withdrawals, transfers, liquidations.</summary>
    Ledger,

    /// <summary>Stream: a subscription was taken or ended.</summary>
    Subscription,

    /// <summary>Stream: heartbeat.</summary>
    Pong,

    /// <summary>Stream: an error text.</summary>
    StreamError,

    /// <summary>Stream: the answer to a request sent over it.</summary>
    Post,

    /// <summary>Stream: the greeting in plain text.</summary>
    Greeting,

    /// <summary>Stream: a channel this adapter does not read.</summary>
    UnknownChannel,

    /// <summary>Answer: instruments.</summary>
    Meta,

    /// <summary>Answer: instruments with their prices and funding.</summary>
    MetaAndContexts,

    /// <summary>Answer: candles.</summary>
    Candles,

    /// <summary>Answer: account.</summary>
    Account,

    /// <summary>Answer: open orders.</summary>
    OpenOrders,

    /// <summary>Answer: one order.</summary>
    OrderStatus,

    /// <summary>Answer: funding rates of a symbol.</summary>
    FundingRates,

    /// <summary>Answer: request budget of the address.</summary>
    RateLimit,

    /// <summary>Answer: spot markets.</summary>
    SpotMeta,

    /// <summary>Answer: spot markets with their prices.</summary>
    SpotMetaAndContexts,

    /// <summary>Answer: spot balances.</summary>
    SpotBalances,

    /// <summary>Answer: one token.</summary>
    TokenDetails,

    /// <summary>Answer: API wallets of an account.</summary>
    ApiWallets,

    /// <summary>Answer: sub-accounts.</summary>
    SubAccounts,

    /// <summary>Answer: what an address is.</summary>
    UserRole,

    /// <summary>Answer: what an account has in vaults.</summary>
    VaultEquities,

    /// <summary>Answer: fills of time-weighted orders.</summary>
    TwapSliceFills,

    /// <summary>Answer: history of staking.</summary>
    Delegations,

    /// <summary>Answer: fee a builder may take.</summary>
    BuilderFee,

    /// <summary>Answer: symbols at their open-interest cap.</summary>
    CappedSymbols,

    /// <summary>Answer of <c>/exchange</c>.</summary>
    Exchange,
}
