namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>What can be subscribed to.</summary>
internal enum StreamKind : byte
{
    AllMids,
    Book,
    BestQuote,
    Trades,
    Candle,
    Context,
    OrderUpdates,
    UserFills,
    UserEvents,
    UserFundings,
    Ledger,
    AccountState,
    OpenOrders,
    AssetData,
    Notification,
    WebData2,
    WebData3,
    TwapStates,
    HistoricalOrders,
    TwapHistory,
    TwapSliceFills,
    AssetContexts,
    AllContexts,
    AllAccountStates,
}
