using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Paper;

namespace Kedge.Venues.Tests.Paper;

/// <summary>A paper machine with one symbol, a clock to turn, and what it said.</summary>
internal sealed class PaperRig : IEffectSink<PaperEffect>
{
    /// <summary>An hour boundary.</summary>
    public const long Hour = 1_750_000_000_000 - 1_750_000_000_000 % 3_600_000;

    private readonly PaperMachine _machine;
    private long _nextId = 1;

    public PaperRig(PaperOptions? options = null, PaperState? state = null)
    {
        _machine = new PaperMachine(options ?? new PaperOptions { StartingBalanceUsd = 10_000.0, DefaultLeverage = 10 }, state);
        Now = new Now(1_000_000, Hour + 60_000);
        Give(PaperInput.Instruments([Eth]));
    }

    public static InstrumentSpec Eth { get; } = new("ETH", 4, 2, 5, 10.0, [new LeverageTier(0.0, 25.0)]);

    public Now Now { get; set; }

    public List<VenueEvent> Events { get; } = [];

    public List<PaperEffect.AskFunding> Asked { get; } = [];

    public PaperState? State { get; private set; }

    /// <summary>Fills that were told.</summary>
    public List<Fill> Fills => [.. Events.OfType<VenueEvent.Filled>().Select(f => f.Fill)];

    public void Add(in PaperEffect effect)
    {
        switch (effect)
        {
            case PaperEffect.Save save:
                State = save.State;
                break;
            case PaperEffect.Emit emit:
                Events.Add(emit.Event);
                break;
            case PaperEffect.AskFunding ask:
                Asked.Add(ask);
                break;
        }
    }

    public void Give(PaperInput input) => _machine.Handle(input, Now, this);

    public void Quote(double bid, double ask) => Give(PaperInput.Quote("ETH", bid, ask, Now.MonotonicMs));

    public void Mid(double mid) => Give(PaperInput.Mid("ETH", mid, Now.MonotonicMs));

    public void Pass(long ms)
    {
        Now = new Now(Now.MonotonicMs + ms, Now.WallMs + ms);
        Give(PaperInput.Ticked());
    }

    public ClientOrderId Order(
        bool isBuy,
        decimal size,
        decimal limit,
        TimeInForce timeInForce = TimeInForce.Ioc,
        bool reduceOnly = false,
        TriggerKind trigger = TriggerKind.None,
        decimal triggerPrice = 0m
    )
    {
        ClientOrderId id = new((UInt128)_nextId++);
        Send(Placing(new OrderIntent(id, "ETH", isBuy, size, limit, timeInForce, reduceOnly, trigger, triggerPrice, true)));
        return id;
    }

    public static VenueCommand Placing(OrderIntent intent) =>
        new VenueCommand.Place([ApprovedOrder.From(intent, RiskReceipt.ByOperator("test", "test"))]);

    public void Send(VenueCommand command) => Give(PaperInput.Commanded(command));

    public VenueEvent.AccountAnswered Account()
    {
        Send(new VenueCommand.QueryAccount());
        return (VenueEvent.AccountAnswered)Events[^1];
    }

    public T Last<T>()
        where T : VenueEvent => Events.OfType<T>().Last();
}
