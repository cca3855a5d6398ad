using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests;

/// <summary>An exchange at BTC 60,000 with funded accounts, and short words for what tests do to it. Every step checks the laws.</summary>
internal sealed class Rig
{
    public const int Alice = 1;
    public const int Bob = 2;
    public const int Carol = 3;
    public const int Btc = Markets.Btc;
    public const long StartMs = 1_700_000_000_000;

    private readonly Recorder _recorder = new();

    public Rig(ExchangeSettings? settings = null, long deposit = 100_000)
    {
        Core = new ExchangeCore(settings ?? Markets.Settings);
        for (int account = Alice; account <= Carol; account++)
        {
            Send(ExchangeCommand.CreateAccount(new Address(0, (UInt128)account)));
            Send(ExchangeCommand.Transfer(0, account, deposit * Bounds.Usd));
        }

        Mark(60_000);
    }

    public ExchangeCore Core { get; }

    public long NowMs { get; set; } = StartMs;

    /// <summary>Events of the last step.</summary>
    public List<ExchangeEvent> Events => _recorder.Events;

    public List<ExchangeEvent> Send(in ExchangeCommand command)
    {
        _recorder.Events.Clear();
        Now now = new(NowMs - StartMs, NowMs);
        Core.Handle(in command, in now, _recorder);
        Core.Verify();
        return _recorder.Events;
    }

    /// <summary>Mark and oracle of BTC, USD.</summary>
    public void Mark(long usd) => Send(ExchangeCommand.SetPrice(Btc, usd * 10, usd * 10));

    public void Wait(long ms)
    {
        NowMs += ms;
        Send(ExchangeCommand.TimerFired());
    }

    /// <summary>A BTC order: price in USD, size in thousandths of a BTC.</summary>
    public static OrderRequest Order(
        OrderSide side,
        long usd,
        long milli,
        TimeInForce tif = TimeInForce.Gtc,
        bool reduceOnly = false,
        ulong cloid = 0
    ) => new(Btc, side, usd * 10, milli * 100, tif, reduceOnly, cloid);

    public static OrderRequest Trigger(OrderSide side, TriggerKind kind, long usd, long milli, bool reduceOnly = true) =>
        new(
            Btc,
            side,
            side == OrderSide.Buy ? usd * 11 : usd * 9,
            milli * 100,
            TimeInForce.Gtc,
            reduceOnly,
            default,
            kind,
            usd * 10,
            TriggerIsMarket: true
        );

    /// <summary>Places and returns the reply.</summary>
    public ExchangeEvent Place(int account, OrderRequest order) => PlaceMany(account, OrderGrouping.None, order)[0];

    public List<ExchangeEvent> PlaceMany(int account, OrderGrouping grouping, params OrderRequest[] orders) =>
        [.. Send(ExchangeCommand.Place(account, orders, grouping, request: 7)).Where(e => e.Kind == EventKind.Reply)];

    public ExchangeEvent Buy(int account, long usd, long milli, TimeInForce tif = TimeInForce.Gtc) =>
        Place(account, Order(OrderSide.Buy, usd, milli, tif));

    public ExchangeEvent Sell(int account, long usd, long milli, TimeInForce tif = TimeInForce.Gtc) =>
        Place(account, Order(OrderSide.Sell, usd, milli, tif));

    /// <summary>Position in thousandths of a BTC.</summary>
    public long Held(int account) => Core.Position(account, Btc).Size / 100;

    public OrderStatus[] Updates(long orderId) =>
        [.. Events.Where(e => e.Kind == EventKind.OrderUpdate && e.OrderId == orderId).Select(e => e.Status)];

    public bool IsLive(int account, ExchangeEvent reply) => Core.IsLive(account, reply.OrderId);
}
