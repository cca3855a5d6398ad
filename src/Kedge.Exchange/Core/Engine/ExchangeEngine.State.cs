using System.Diagnostics;
using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Saving, restoring, hashing and checking.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private const long Magic = 0x6B65_6467_65; // "kedge"
    private const long FormatVersion = 2;

    public void Save(StateWriter writer)
    {
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(_timeMs);
        writer.Write(_armedMs);
        writer.Write(_timers.FirstOrDefault(timer => timer.Kind == TimerKind.Funding).DueMs);
        writer.Write(_nextOrderId);
        writer.Write(_nextTradeId);
        _clearing.Save(writer);
        foreach ((int account, Address address) in _directory.Addresses)
        {
            writer.Write(account);
            writer.Write(address.High);
            writer.WriteWide(address.Low);
        }

        writer.Write(-1);
        writer.Write(_directory.Agents.Count);
        foreach (AccountDirectory.Agent agent in _directory.Agents)
        {
            writer.Write(agent.Account);
            writer.Write(agent.Address.High);
            writer.WriteWide(agent.Address.Low);
            writer.Write(agent.Name);
            writer.Write(agent.ValidUntilMs);
        }

        SaveOrders(writer);
    }

    private void SaveOrders(StateWriter writer)
    {
        for (int account = 0; account < _clearing.Accounts; account++)
        {
            writer.Write(_clearing[account].Orders);
            for (int slot = _clearing[account].FirstOrder; slot >= 0; slot = _orders[slot].NextOfAccount)
            {
                Save(writer, in _orders[slot]);
            }
        }

        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            SaveQueue(writer, symbol, OrderSide.Buy);
            SaveQueue(writer, symbol, OrderSide.Sell);
        }
    }

    private void SaveQueue(StateWriter writer, int symbol, OrderSide side)
    {
        for (int slot = _books[symbol].Best(side); slot >= 0; slot = _books[symbol].After(slot))
        {
            writer.Write(_orders[slot].Id);
        }

        writer.Write(0);
    }

    private void Save(StateWriter writer, in Order order)
    {
        writer.Write(order.Id);
        writer.WriteWide(order.Cloid);
        writer.Write(order.Symbol);
        writer.Write((long)order.State);
        writer.Write((long)order.Side);
        writer.Write((long)order.TimeInForce);
        writer.Write((long)order.Trigger);
        writer.Write(order.ReduceOnly);
        writer.Write(order.TriggerIsMarket);
        writer.Write(order.FollowsPosition);
        writer.Write(order.Price);
        writer.Write(order.Remaining);
        writer.Write(order.OriginalSize);
        writer.Write(order.TriggerPrice);
        writer.Write(order.TimeMs);
        writer.Write(order.Request);
        writer.Write(order.Parent < 0 ? 0 : _orders[order.Parent].Id);
        writer.Write(order.Sibling < 0 ? 0 : _orders[order.Sibling].Id);
    }

    /// <summary>Fills an engine that was just made.</summary>
    public void Load(ref StateReader reader)
    {
        if (reader.Read() != Magic || reader.Read() != FormatVersion)
        {
            throw new InvalidDataException("This is not a saved exchange of this version.");
        }

        _timeMs = reader.Read();
        _armedMs = reader.Read();
        long fundingMs = reader.Read();
        _nextOrderId = reader.Read();
        _nextTradeId = reader.Read();
        _clearing.Load(ref reader);
        for (long account = reader.Read(); account >= 0; account = reader.Read())
        {
            _directory.Add((int)account, new Address((uint)reader.Read(), reader.ReadWide()));
        }

        int agents = reader.ReadInt();
        for (int i = 0; i < agents; i++)
        {
            int account = reader.ReadIndex(_clearing.Accounts);
            Address address = new((uint)reader.Read(), reader.ReadWide());
            _directory.Restore(new AccountDirectory.Agent(account, address, reader.ReadText(), reader.Read()));
        }

        LoadOrders(ref reader);
        RestoreTimers(fundingMs);
    }

    private void LoadOrders(ref StateReader reader)
    {
        List<(int Slot, long Parent, long Sibling)> families = [];
        for (int account = 0; account < _clearing.Accounts; account++)
        {
            int count = reader.ReadInt();
            for (int i = 0; i < count; i++)
            {
                families.Add(LoadOrder(ref reader, account));
            }
        }

        foreach ((int slot, long parent, long sibling) in families)
        {
            _orders[slot].Sibling = sibling == 0 ? -1 : Known(sibling);
            if (parent != 0)
            {
                int at = Known(parent);
                _orders[slot].Parent = at;
                ref int child = ref _orders[at].FirstChild < 0 ? ref _orders[at].FirstChild : ref _orders[at].SecondChild;
                child = slot;
            }
        }

        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            for (int side = 0; side < 2; side++)
            {
                for (long id = reader.Read(); id != 0; id = reader.Read())
                {
                    _books[symbol].Add(Known(id));
                }
            }
        }
    }

    private int Known(long id)
    {
        int slot = _orders.Find(id);
        return slot >= 0 ? slot : throw new InvalidDataException("The saved exchange names an order it does not hold.");
    }

    private (int Slot, long Parent, long Sibling) LoadOrder(ref StateReader reader, int account)
    {
        long id = reader.Read();
        int slot = _orders.Allocate(id, account, reader.ReadWide());
        ref Order order = ref _orders[slot];
        order.Symbol = reader.ReadIndex(_books.Length);
        order.State = (OrderState)reader.ReadIndex(5);
        order.Side = (OrderSide)reader.ReadIndex(2);
        order.TimeInForce = (TimeInForce)reader.ReadIndex(4);
        order.Trigger = (TriggerKind)reader.ReadIndex(3);
        order.ReduceOnly = reader.ReadBool();
        order.TriggerIsMarket = reader.ReadBool();
        order.FollowsPosition = reader.ReadBool();
        order.Price = reader.Read();
        order.Remaining = reader.Read();
        order.OriginalSize = reader.Read();
        order.TriggerPrice = reader.Read();
        order.TimeMs = reader.Read();
        order.Request = reader.Read();
        Link(slot);
        if (order.State == OrderState.Trigger)
        {
            _triggers[order.Symbol].Add(slot);
        }

        if (IsDependent(in order))
        {
            _clearing.Position(account, order.Symbol).DependentOrders++;
        }

        return (slot, reader.Read(), reader.Read());
    }

    private void RestoreTimers(long fundingMs)
    {
        if (fundingMs == 0)
        {
            return;
        }

        _timers.Add((fundingMs, TimerKind.Funding, 0, 0));
        for (int account = 0; account < _clearing.Accounts; account++)
        {
            ref Account a = ref _clearing[account];
            if (a.ScheduledCancelMs != 0)
            {
                _timers.Add((a.ScheduledCancelMs, TimerKind.ScheduledCancel, account, 0));
            }

            if (a.LiquidationMs > _timeMs)
            {
                _timers.Add((a.LiquidationMs, TimerKind.Liquidation, account, WholeAccount));
            }

            for (int symbol = 0; symbol < _books.Length; symbol++)
            {
                long until = _clearing.Position(account, symbol).LiquidationMs;
                if (until > _timeMs)
                {
                    _timers.Add((until, TimerKind.Liquidation, account, symbol));
                }
            }
        }

        _dueMs = _timers.Min.DueMs;
    }

    /// <summary>Throws where a law of books or money does not hold.</summary>
    public void Verify()
    {
        _clearing.Verify();
        int seen = 0;
        for (int account = 0; account < _clearing.Accounts; account++)
        {
            int count = 0;
            long last = 0;
            for (int slot = _clearing[account].FirstOrder; slot >= 0; slot = _orders[slot].NextOfAccount, count++)
            {
                Law(_orders[slot].Account == account && _orders[slot].Id > last, "an account's orders stand in order");
                last = _orders[slot].Id;
            }

            Law(count == _clearing[account].Orders, "an account's orders are counted");
            seen += count;
        }

        Law(seen == _orders.Count, "every live order belongs to an account");
        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            int bid = _books[symbol].Best(OrderSide.Buy);
            int ask = _books[symbol].Best(OrderSide.Sell);
            bool isDelisted = _clearing.Symbol(symbol).IsDelisted;
            Law(!isDelisted || (bid < 0 && ask < 0 && _triggers[symbol].Count == 0), "no orders wait for what is delisted");
            Law(bid < 0 || ask < 0 || _orders[bid].Price < _orders[ask].Price, "the book never crosses");
            VerifyQueue(symbol, bid);
            VerifyQueue(symbol, ask);
        }
    }

    private void VerifyQueue(int symbol, int first)
    {
        for (int slot = first, next; slot >= 0; slot = next)
        {
            next = _books[symbol].After(slot);
            ref Order order = ref _orders[slot];
            Law(
                order is { State: OrderState.Resting, Remaining: > 0 } && order.Symbol == symbol,
                "a resting order has lots left"
            );
            bool isBetterOrEqual =
                next < 0
                || (order.Side == OrderSide.Buy ? _orders[next].Price <= order.Price : _orders[next].Price >= order.Price);
            Law(isBetterOrEqual, "the book stands in order of price");
        }
    }

    private static void Law(bool holds, string law)
    {
        if (!holds)
        {
            throw new UnreachableException($"Broken: {law}.");
        }
    }
}
