namespace Kedge.Exchange.Core;

/// <summary>
/// One event of the exchange. A plain struct with a kind, so that a queue of them allocates nothing; make one with the methods below. Batches
/// are slices of the caller's memory and are read before <see cref="ExchangeCore.Handle"/> returns.
/// </summary>
public readonly record struct ExchangeCommand
{
    /// <summary>What is asked for.</summary>
    public CommandKind Kind { get; private init; }

    /// <summary>How the orders of a placement belong together.</summary>
    public OrderGrouping Grouping { get; private init; }

    /// <summary>A switch whose meaning depends on the kind.</summary>
    public bool Flag { get; private init; }

    /// <summary>The account that acts.</summary>
    public int Account { get; private init; }

    /// <summary>The other account of a transfer.</summary>
    public int Other { get; private init; }

    /// <summary>Index of the instrument; −1 for all.</summary>
    public int Symbol { get; private init; }

    /// <summary>The caller's number for this request; every event it causes carries it.</summary>
    public long Request { get; private init; }

    /// <summary>Amount, price, rate or time; depends on the kind.</summary>
    public long First { get; private init; }

    /// <summary>Second number; depends on the kind.</summary>
    public long Second { get; private init; }

    /// <summary>Address of a new account or agent.</summary>
    public Address Address { get; private init; }

    /// <summary>Name of a sub-account or agent; null or empty for an unnamed agent.</summary>
    public string? Name { get; private init; }

    /// <summary>Orders to place.</summary>
    public ReadOnlyMemory<OrderRequest> Orders { get; private init; }

    /// <summary>Orders to cancel.</summary>
    public ReadOnlyMemory<OrderTarget> Targets { get; private init; }

    /// <summary>Orders to replace.</summary>
    public ReadOnlyMemory<ModifyRequest> Modifies { get; private init; }

    /// <summary>Nothing but time: the timer of <see cref="EventKind.SetTimer"/> fired.</summary>
    public static ExchangeCommand TimerFired() => default;

    /// <summary>Places orders, one after the other.</summary>
    public static ExchangeCommand Place(
        int account,
        ReadOnlyMemory<OrderRequest> orders,
        OrderGrouping grouping = OrderGrouping.None,
        long request = 0
    ) =>
        new()
        {
            Kind = CommandKind.Place,
            Account = account,
            Orders = orders,
            Grouping = grouping,
            Request = request,
        };

    /// <summary>Cancels orders, one after the other.</summary>
    public static ExchangeCommand Cancel(int account, ReadOnlyMemory<OrderTarget> targets, long request = 0) =>
        new()
        {
            Kind = CommandKind.Cancel,
            Account = account,
            Targets = targets,
            Request = request,
        };

    /// <summary>Replaces orders, one after the other.</summary>
    public static ExchangeCommand Modify(int account, ReadOnlyMemory<ModifyRequest> modifies, long request = 0) =>
        new()
        {
            Kind = CommandKind.Modify,
            Account = account,
            Modifies = modifies,
            Request = request,
        };

    /// <summary>Cancels all orders of an account in one symbol, or in all when <paramref name="symbol"/> is −1.</summary>
    public static ExchangeCommand CancelAll(int account, int symbol = -1, long request = 0) =>
        new()
        {
            Kind = CommandKind.CancelAll,
            Account = account,
            Symbol = symbol,
            Request = request,
        };

    /// <summary>Cancels all orders at a moment to come, UTC epoch milliseconds; 0 clears it.</summary>
    public static ExchangeCommand ScheduleCancel(int account, long timeMs, long request = 0) =>
        new()
        {
            Kind = CommandKind.ScheduleCancel,
            Account = account,
            First = timeMs,
            Request = request,
        };

    /// <summary>Sets leverage (1…the instrument's highest) and margin mode of one symbol.</summary>
    public static ExchangeCommand UpdateLeverage(int account, int symbol, int leverage, bool isCross, long request = 0) =>
        new()
        {
            Kind = CommandKind.UpdateLeverage,
            Account = account,
            Symbol = symbol,
            First = leverage,
            Flag = isCross,
            Request = request,
        };

    /// <summary>Moves micro-USD into (positive) or out of an isolated position.</summary>
    public static ExchangeCommand UpdateIsolatedMargin(int account, int symbol, long amount, long request = 0) =>
        new()
        {
            Kind = CommandKind.UpdateIsolatedMargin,
            Account = account,
            Symbol = symbol,
            First = amount,
            Request = request,
        };

    /// <summary>Opens an account for an address.</summary>
    public static ExchangeCommand CreateAccount(Address address, long request = 0) =>
        new()
        {
            Kind = CommandKind.CreateAccount,
            Address = address,
            Request = request,
        };

    /// <summary>Opens an account that belongs to <paramref name="master"/>.</summary>
    public static ExchangeCommand CreateSubAccount(int master, Address address, string name, long request = 0) =>
        new()
        {
            Kind = CommandKind.CreateSubAccount,
            Account = master,
            Address = address,
            Name = name,
            Request = request,
        };

    /// <summary>Lets an API wallet sign for an account until a moment (0: without end). The same name, or none, replaces the old one.</summary>
    public static ExchangeCommand ApproveAgent(int account, Address agent, string? name, long validUntilMs, long request = 0) =>
        new()
        {
            Kind = CommandKind.ApproveAgent,
            Account = account,
            Address = agent,
            Name = name,
            First = validUntilMs,
            Request = request,
        };

    /// <summary>Moves micro-USD from one account to another. From account 0 it is a deposit, to account 0 a withdrawal.</summary>
    public static ExchangeCommand Transfer(int from, int to, long amount, long request = 0) =>
        new()
        {
            Kind = CommandKind.Transfer,
            Account = from,
            Other = to,
            First = amount,
            Request = request,
        };

    /// <summary>Sets an account's fee rates, in 1e-8 of notional. The maker rate may be a rebate (negative), never more than the taker rate.</summary>
    public static ExchangeCommand SetFees(int account, int makerRate, int takerRate, long request = 0) =>
        new()
        {
            Kind = CommandKind.SetFees,
            Account = account,
            First = makerRate,
            Second = takerRate,
            Request = request,
        };

    /// <summary>Sets mark and oracle price of a symbol, ticks. Triggers fire and liquidations follow.</summary>
    public static ExchangeCommand SetPrice(int symbol, long mark, long oracle) =>
        new()
        {
            Kind = CommandKind.SetPrice,
            Symbol = symbol,
            First = mark,
            Second = oracle,
        };

    /// <summary>Sets the hourly funding rate of a symbol, in 1e-10 of notional.</summary>
    public static ExchangeCommand SetFundingRate(int symbol, long rate) =>
        new()
        {
            Kind = CommandKind.SetFundingRate,
            Symbol = symbol,
            First = rate,
        };

    /// <summary>Puts a trade on the tape that moves no account.</summary>
    public static ExchangeCommand Print(int symbol, OrderSide aggressor, long price, long size) =>
        new()
        {
            Kind = CommandKind.Print,
            Symbol = symbol,
            Flag = aggressor == OrderSide.Sell,
            First = price,
            Second = size,
        };

    /// <summary>
    /// Takes an instrument off the exchange: its orders are cancelled, its positions settled against the house at the mark, later orders
    /// refused. Its index stays.
    /// </summary>
    public static ExchangeCommand Delist(int symbol, long request = 0) =>
        new()
        {
            Kind = CommandKind.Delist,
            Symbol = symbol,
            Request = request,
        };

    /// <summary>
    /// Sets the decimals that sizes of new orders may have, 0…those of the instrument. Its orders are cancelled; lots, ticks and positions stay.
    /// </summary>
    public static ExchangeCommand ChangeLotSize(int symbol, int sizeDecimals, long request = 0) =>
        new()
        {
            Kind = CommandKind.ChangeLotSize,
            Symbol = symbol,
            First = sizeDecimals,
            Request = request,
        };

    /// <summary>Closes lots of a position (0: all) against the house at the mark, without a fee.</summary>
    public static ExchangeCommand Deleverage(int account, int symbol, long lots, long request = 0) =>
        new()
        {
            Kind = CommandKind.Deleverage,
            Account = account,
            Symbol = symbol,
            First = lots,
            Request = request,
        };

    /// <summary>Liquidates an account as if it were below maintenance: orders cancelled, all positions sold to the book in one step.</summary>
    public static ExchangeCommand Liquidate(int account, long request = 0) =>
        new()
        {
            Kind = CommandKind.Liquidate,
            Account = account,
            Request = request,
        };

    /// <summary>Fills lots of a resting order (0: half) against the house at its limit, then cancels what is left.</summary>
    public static ExchangeCommand FillThenCancel(int account, long orderId, long lots, long request = 0) =>
        new()
        {
            Kind = CommandKind.FillThenCancel,
            Account = account,
            First = orderId,
            Second = lots,
            Request = request,
        };
}
