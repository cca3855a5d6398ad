using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;
using Kedge.Exchange.Core.Engine;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Core;

/// <summary>
/// A perpetuals exchange as one machine: commands and time in, events out. It runs on one thread, asks no clock and owns no disk; the same
/// commands give the same events, bytes and state. Questions about its state are answered between commands. Account 0 is the house, which
/// owns synthetic liquidity and is the other side of deposits, fees and funding, so that everything adds up to zero.
/// </summary>
public sealed class ExchangeCore : IMachine<ExchangeCommand, ExchangeEvent>
{
    /// <summary>The account of the house.</summary>
    public const int House = Clearinghouse.House;

    private readonly ExchangeEngine<OrderBook> _engine;

    /// <summary>An exchange with one account, the house, and empty books.</summary>
    public ExchangeCore(ExchangeSettings settings)
    {
        Settings = settings;
        _engine = new ExchangeEngine<OrderBook>(settings);
    }

    /// <summary>The rules.</summary>
    public ExchangeSettings Settings { get; }

    /// <summary>The venue's moment, UTC epoch milliseconds. It never goes back.</summary>
    public long TimeMs => _engine.TimeMs;

    /// <summary>Accounts, the house included.</summary>
    public int Accounts => _engine.Clearing.Accounts;

    /// <summary>What has moved between accounts and house.</summary>
    public Totals Totals => _engine.Clearing.Totals;

    internal ExchangeEngine<OrderBook> Engine => _engine;

    /// <inheritdoc/>
    public void Handle(in ExchangeCommand input, in Now now, IEffectSink<ExchangeEvent> effects) =>
        _engine.Handle(in input, in now, effects);

    /// <summary>One account.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public AccountView Account(int account)
    {
        Clearinghouse clearing = _engine.Clearing;
        CheckAccount(account);
        ref Account a = ref clearing[account];
        long isolated = 0;
        for (int symbol = 0; symbol < clearing.Symbols; symbol++)
        {
            if (clearing.Position(account, symbol).IsIsolated)
            {
                isolated += clearing.IsolatedValue(account, symbol);
            }
        }

        return new AccountView(
            a.CrossValue,
            a.Raw,
            a.CrossNotional,
            a.CrossInitial,
            a.CrossMaintenance,
            a.CrossValue + isolated,
            clearing.Withdrawable(account),
            a.Volume,
            a.Requests,
            a.Orders,
            a.Master,
            a.ScheduledCancelMs,
            a.MakerFeeRate,
            a.TakerFeeRate
        );
    }

    /// <summary>The account a sub-account belongs to, −1 for one that is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public int Master(int account)
    {
        CheckAccount(account);
        return _engine.Clearing[account].Master;
    }

    /// <summary>What an account holds of a symbol.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account or symbol.</exception>
    public PositionView Position(int account, int symbol)
    {
        Clearinghouse clearing = _engine.Clearing;
        CheckAccount(account);
        CheckSymbol(symbol);
        ref Position position = ref clearing.Position(account, symbol);
        long value = position.Size * clearing.Symbol(symbol).Mark;
        return new PositionView(
            position.Size,
            position.Entry,
            value - position.Entry,
            position.IsIsolated ? position.IsolatedRaw + value : position.Initial,
            position.Maintenance,
            position.IsolatedRaw,
            position.Leverage,
            position.IsIsolated,
            position.FundingSinceOpen,
            position.FundingEver
        );
    }

    /// <summary>Prices of a symbol.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such symbol.</exception>
    public PriceView Prices(int symbol)
    {
        CheckSymbol(symbol);
        ref SymbolState state = ref _engine.Clearing.Symbol(symbol);
        return new PriceView(state.Mark, state.Oracle, state.LastTrade, state.OpenInterest, state.FundingRate);
    }

    /// <summary>
    /// Decimals that sizes of new orders may have. Lots stay those of the instrument; so do the decimals of prices, and sizes of positions and
    /// fills may have more decimals than this.
    /// </summary>
    public int SizeDecimals(int symbol) => _engine.Clearing.Symbol(symbol).SizeDecimals;

    /// <summary>Whether an instrument was taken off the exchange.</summary>
    public bool IsDelisted(int symbol) => _engine.Clearing.Symbol(symbol).IsDelisted;

    /// <summary>Fills <paramref name="levels"/> from the best price and returns how many there are.</summary>
    public int Depth(int symbol, OrderSide side, Span<BookLevel> levels) => _engine.Book(symbol).Depth(side, levels);

    /// <summary>One live order of an account.</summary>
    public bool TryOrder(int account, OrderTarget target, out OrderView order)
    {
        int slot = _engine.Orders.Find(account, target);
        order = slot < 0 ? default : View(slot);
        return slot >= 0;
    }

    /// <summary>Whether an account has a live order by that id.</summary>
    public bool IsLive(int account, long orderId) => _engine.Orders.Find(account, new OrderTarget(orderId)) >= 0;

    /// <summary>All live orders of an account, oldest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public IEnumerable<OrderView> OpenOrders(int account)
    {
        CheckAccount(account);
        return Live(account);
    }

    private IEnumerable<OrderView> Live(int account)
    {
        for (int slot = _engine.Clearing[account].FirstOrder; slot >= 0; slot = _engine.Orders[slot].NextOfAccount)
        {
            yield return View(slot);
        }
    }

    /// <summary>Account of an address, or −1.</summary>
    public int FindAccount(Address address) => _engine.Directory.Find(address);

    /// <summary>Address of an account; the house has none.</summary>
    public bool TryAddress(int account, out Address address) => _engine.Directory.TryAddress(account, out address);

    /// <summary>
    /// The account a signer may act for: its own, or the one that approved it as an API wallet; with <paramref name="onBehalfOf"/> a
    /// sub-account of that one. −1 when it may not.
    /// </summary>
    public int Signs(Address signer, Address? onBehalfOf = null)
    {
        int account = _engine.Directory.Signs(signer, TimeMs);
        if (account < 0 || onBehalfOf is not Address other)
        {
            return account;
        }

        int wanted = FindAccount(other);
        return wanted >= 0 && (wanted == account || _engine.Clearing[wanted].Master == account) ? wanted : -1;
    }

    /// <summary>One number over all state: two exchanges that agree on it are in the same state.</summary>
    public ulong StateHash()
    {
        StateWriter writer = new(keepBytes: false);
        _engine.Save(writer);
        return writer.Hash;
    }

    /// <summary>Adds everything up anew and throws where a law of books or money is broken. Takes time in proportion to the state.</summary>
    /// <exception cref="System.Diagnostics.UnreachableException">A law is broken.</exception>
    public void Verify() => _engine.Verify();

    /// <summary>All state as bytes, its hash at the end.</summary>
    public byte[] Save()
    {
        StateWriter writer = new(keepBytes: true);
        _engine.Save(writer);
        writer.Write(unchecked((long)writer.Hash));
        return writer.Bytes.ToArray();
    }

    /// <summary>An exchange in the state that was saved, under the same settings.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of other settings.</exception>
    public static ExchangeCore Restore(ExchangeSettings settings, ReadOnlySpan<byte> bytes)
    {
        ExchangeCore core = new(settings);
        StateReader reader = new(bytes);
        try
        {
            core._engine.Load(ref reader);
            if (unchecked((ulong)reader.Read()) != core.StateHash() || !reader.IsAtEnd)
            {
                throw new InvalidDataException("The saved exchange does not add up to its hash.");
            }
        }
        catch (Exception broken) when (broken is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The saved exchange is damaged.", broken);
        }

        return core;
    }

    private void CheckAccount(int account)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, Accounts);
    }

    private void CheckSymbol(int symbol)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(symbol);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbol, _engine.Clearing.Symbols);
    }

    private OrderView View(int slot)
    {
        ref Order order = ref _engine.Orders[slot];
        OrderRequest request = new(
            order.Symbol,
            order.Side,
            order.Price,
            order.OriginalSize,
            order.TimeInForce,
            order.ReduceOnly,
            order.Cloid,
            order.Trigger,
            order.TriggerPrice,
            order.TriggerIsMarket
        );
        OrderStatus status = order.State switch
        {
            OrderState.Trigger => OrderStatus.WaitingForTrigger,
            OrderState.Child => OrderStatus.WaitingForFill,
            _ => OrderStatus.Open,
        };
        long parent = order.Parent < 0 ? 0 : _engine.Orders[order.Parent].Id;
        return new OrderView(order.Id, request, order.Remaining, status, order.TimeMs, order.FollowsPosition, parent);
    }
}
