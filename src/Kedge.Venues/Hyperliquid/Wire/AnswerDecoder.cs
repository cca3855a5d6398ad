namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>
/// Reads answers of <c>/info</c> and <c>/exchange</c>. Never throws: what cannot be read is counted and its reason is in the result. The
/// HTTP status is the caller's: a refused or limited request is no JSON and would only be told as malformed.
/// </summary>
public sealed class AnswerDecoder
{
    private readonly DecodeReport report;

    /// <summary>A decoder.</summary>
    /// <param name="report">Takes the counts.</param>
    public AnswerDecoder(DecodeReport report) => this.report = report;

    /// <summary><c>meta</c>.</summary>
    public DecodeResult<VenueMeta> Meta(ReadOnlySpan<byte> body) => Read(PayloadKind.Meta, body, MetaReaders.Meta);

    /// <summary><c>metaAndAssetCtxs</c>.</summary>
    public DecodeResult<MetaAndContexts> MetaAndContexts(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.MetaAndContexts, body, MetaReaders.MetaAndContexts);

    /// <summary><c>allMids</c>, into reused memory.</summary>
    public DecodeFault Mids(ReadOnlySpan<byte> body, SymbolTable symbols, MidUpdates mids)
    {
        WireReader reader = new(body);
        PriceReaders.Mids(ref reader, symbols, mids);
        DecodeFault fault = Note(PayloadKind.Mids, reader);
        if (reader.IsOk)
        {
            report.UnknownSymbols += mids.UnknownSymbols;
        }
        else
        {
            mids.Clear(0);
        }

        return fault;
    }

    /// <summary><c>candleSnapshot</c>.</summary>
    public DecodeResult<IReadOnlyList<VenueCandle>> Candles(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.Candles, body, static (ref WireReader r) => r.List(MarketReaders.Candle));

    /// <summary><c>l2Book</c>; of an unknown symbol it is <see cref="DecodeProblem.AbsentValue"/>.</summary>
    public DecodeResult<BookSnapshot> Book(ReadOnlySpan<byte> body) => Read(PayloadKind.Book, body, MarketReaders.Book);

    /// <summary><c>clearinghouseState</c>.</summary>
    public DecodeResult<AccountState> Account(ReadOnlySpan<byte> body) => Read(PayloadKind.Account, body, AccountReaders.Account);

    /// <summary><c>openOrders</c> and <c>frontendOpenOrders</c>.</summary>
    public DecodeResult<IReadOnlyList<OpenOrder>> OpenOrders(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.OpenOrders, body, static (ref WireReader r) => r.List(OrderReaders.Order));

    /// <summary><c>orderStatus</c>.</summary>
    public DecodeResult<OrderLookup> OrderStatus(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.OrderStatus, body, OrderReaders.Lookup);

    /// <summary><c>userFills</c> and <c>userFillsByTime</c>.</summary>
    public DecodeResult<IReadOnlyList<UserFill>> Fills(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.Fills, body, static (ref WireReader r) => r.List(HistoryReaders.Fill));

    /// <summary><c>userFunding</c>.</summary>
    public DecodeResult<IReadOnlyList<FundingPayment>> FundingPayments(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.FundingPayments, body, static (ref WireReader r) => r.List(HistoryReaders.Payment));

    /// <summary><c>userNonFundingLedgerUpdates</c>.</summary>
    public DecodeResult<IReadOnlyList<LedgerUpdate>> Ledger(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.Ledger, body, static (ref WireReader r) => r.List(HistoryReaders.Ledger));

    /// <summary><c>fundingHistory</c>.</summary>
    public DecodeResult<IReadOnlyList<FundingRate>> FundingRates(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.FundingRates, body, static (ref WireReader r) => r.List(MarketReaders.FundingRate));

    /// <summary><c>userRateLimit</c>.</summary>
    public DecodeResult<RateLimit> RateLimit(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.RateLimit, body, AccountReaders.RateLimit);

    /// <summary><c>spotMeta</c>.</summary>
    public DecodeResult<SpotMeta> SpotMeta(ReadOnlySpan<byte> body) => Read(PayloadKind.SpotMeta, body, SpotReaders.SpotMeta);

    /// <summary><c>spotMetaAndAssetCtxs</c>.</summary>
    public DecodeResult<SpotMetaAndContexts> SpotMetaAndContexts(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.SpotMetaAndContexts, body, SpotReaders.MetaAndContexts);

    /// <summary><c>spotClearinghouseState</c>.</summary>
    public DecodeResult<IReadOnlyList<SpotBalance>> SpotBalances(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.SpotBalances, body, SpotReaders.SpotBalances);

    /// <summary><c>tokenDetails</c>.</summary>
    public DecodeResult<TokenDetails> TokenDetails(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.TokenDetails, body, SpotReaders.TokenDetails);

    /// <summary><c>extraAgents</c>.</summary>
    public DecodeResult<IReadOnlyList<ApiWallet>> ApiWallets(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.ApiWallets, body, static (ref WireReader r) => r.List(HolderReaders.ApiWallet));

    /// <summary><c>subAccounts</c> and <c>subAccounts2</c>.</summary>
    public DecodeResult<IReadOnlyList<SubAccount>> SubAccounts(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.SubAccounts, body, static (ref WireReader r) => r.List(HolderReaders.SubAccount));

    /// <summary><c>userRole</c>: <c>user</c>, <c>agent</c>, <c>vault</c>, <c>subAccount</c> or <c>missing</c>.</summary>
    public DecodeResult<string> UserRole(ReadOnlySpan<byte> body) => Read(PayloadKind.UserRole, body, HolderReaders.Role);

    /// <summary><c>userVaultEquities</c>.</summary>
    public DecodeResult<IReadOnlyList<VaultEquity>> VaultEquities(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.VaultEquities, body, static (ref WireReader r) => r.List(HolderReaders.VaultEquity));

    /// <summary><c>userTwapSliceFills</c>.</summary>
    public DecodeResult<IReadOnlyList<TwapSliceFill>> TwapSliceFills(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.TwapSliceFills, body, static (ref WireReader r) => r.List(HolderReaders.TwapSliceFill));

    /// <summary><c>delegatorHistory</c>.</summary>
    public DecodeResult<IReadOnlyList<DelegationUpdate>> Delegations(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.Delegations, body, static (ref WireReader r) => r.List(HolderReaders.DelegationUpdate));

    /// <summary><c>maxBuilderFee</c>, tenths of a basis point.</summary>
    public DecodeResult<object> BuilderFee(ReadOnlySpan<byte> body) =>
        Read<object>(PayloadKind.BuilderFee, body, static (ref WireReader r) => r.Integer());

    /// <summary><c>perpsAtOpenInterestCap</c>.</summary>
    public DecodeResult<IReadOnlyList<string>> CappedSymbols(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.CappedSymbols, body, static (ref WireReader r) => r.List(static (ref WireReader item) => item.Word()));

    /// <summary>Any answer of <c>/exchange</c>.</summary>
    public DecodeResult<ExchangeAnswer> Exchange(ReadOnlySpan<byte> body) =>
        Read(PayloadKind.Exchange, body, ExchangeReaders.Answer);

    private DecodeResult<T> Read<T>(PayloadKind kind, ReadOnlySpan<byte> body, WirePart<T> part)
        where T : class
    {
        WireReader reader = new(body);
        if (reader.IsOk && reader.IsNull)
        {
            reader.Fail(DecodeProblem.AbsentValue);
        }

        T value = part(ref reader);
        DecodeFault fault = Note(kind, reader);
        return new DecodeResult<T>(reader.IsOk ? value : null, fault);
    }

    private DecodeFault Note(PayloadKind kind, in WireReader reader)
    {
        DecodeFault fault = reader.IsOk
            ? new DecodeFault(kind, DecodeProblem.None, 0, null)
            : new DecodeFault(kind, reader.Problem, reader.Offset, reader.Field);
        report.Add(fault);
        return fault;
    }
}
