using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Simulation;
using Kedge.Simulation.Scheduling;

namespace Kedge.Conformance.Mixes;

/// <summary>
/// Trades at random, but keeps its books with care: an order is written down before it is sent; after a restart every order that has not ended is
/// resolved until the venue has said what became of it.
/// </summary>
internal sealed class RandomTrader : ISimActor
{
    private const int ActKind = 0;
    private const int AskKind = 1;

    private static readonly RiskReceipt Receipt = RiskReceipt.ByOperator("conformance", "a random trader");
    private static readonly (string Symbol, decimal Size, decimal Tick)[] Markets = [("BTC", 0.001m, 1m), ("ETH", 0.02m, 0.1m)];

    private readonly SimulatedWorld _world;
    private readonly TraderSettings _settings;
    private readonly SimSource _source;
    private readonly SimRandom _random;
    private readonly SimProcess _process;
    private readonly UInt128 _prefix;
    private ulong _ids;

    public RandomTrader(SimulatedWorld world, TraderSettings settings)
    {
        _world = world;
        _settings = settings;
        _process = world.Client;
        _random = world.Scheduler.Random.Fork("trader");
        _prefix = (UInt128)_random.NextBits() << 64;
        _source = world.Scheduler.AddSource("trader", this, _process);
        _process.OnStart(Begin);
        if (_process.IsRunning)
        {
            Begin();
        }
    }

    /// <summary>Whether it still does new things. It goes on asking what became of old ones.</summary>
    public bool IsActive { get; set; } = true;

    public int Commands { get; private set; }

    private AccountLedger Ledger => _world.Log.Ledger;

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == AskKind)
        {
            Resolve();
            if (_world.Log.IsUp)
            {
                Send(new VenueCommand.QueryAccount());
            }

            _world.Scheduler.Schedule(_source, _world.Scheduler.NowUs + 5_000_000, AskKind);
            return;
        }

        if (IsActive)
        {
            Act();
            ScheduleAct();
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => kind == ActKind ? "acts" : "asks";

    private void Begin()
    {
        ScheduleAct();
        Resolve();
        _world.Scheduler.Schedule(_source, _world.Scheduler.NowUs + 5_000_000, AskKind);
    }

    private void ScheduleAct()
    {
        long pauseUs = _random.NextBetween(_settings.PauseMaxMs * 50, _settings.PauseMaxMs * 1_000);
        _world.Scheduler.Schedule(_source, _world.Scheduler.NowUs + pauseUs, ActKind);
    }

    /// <summary>Orders of earlier lives: this life's adapter was never told of them.</summary>
    private void Resolve()
    {
        foreach (LedgerOrder order in Ledger.Orders)
        {
            if (!order.IsOver && order.Life < _process.Starts && order.AskedInLife != _process.Starts)
            {
                order.AskedInLife = _process.Starts;
                Send(new VenueCommand.ResolveOrder(order.Intent.Id, order.Intent.Symbol, order.SentMs));
            }
        }
    }

    private void Act()
    {
        LedgerOrder[] live = [.. Ledger.Orders.Where(order => order.Phase is OrderPhase.Open or OrderPhase.Waiting)];
        long what = _random.NextBetween(0, 99);
        if (what < 50 && live.Length < _settings.RestingMax)
        {
            Place();
        }
        else if (what < 60)
        {
            Exit();
        }
        else if (what < 85 && live.Length > 0)
        {
            LedgerOrder order = live[_random.NextBetween(0, live.Length - 1)];
            Send(new VenueCommand.Cancel(order.Intent.Symbol, order.Intent.Id));
        }
        else if (what < 93 && live.Length > 0)
        {
            LedgerOrder order = live[_random.NextBetween(0, live.Length - 1)];
            OrderIntent replacement = order.Intent with { Id = NewId(), LimitPrice = Away(order.Intent) };
            Write(replacement);
            Send(new VenueCommand.Modify(order.Intent.Id, ApprovedOrder.From(replacement, Receipt)));
        }
        else if (what < 96)
        {
            Send(new VenueCommand.SetLeverage(Market().Symbol, (int)_random.NextBetween(1, 20), IsCross: true));
        }
        else
        {
            Send(_random.Chance(0.5) ? new VenueCommand.QueryAccount() : new VenueCommand.QueryOpenOrders());
        }
    }

    private void Place()
    {
        int count = _random.Chance(0.15) ? (int)_random.NextBetween(2, 4) : 1;
        OrderIntent[] intents = new OrderIntent[count];
        for (int i = 0; i < count; i++)
        {
            intents[i] = NextIntent();
            Write(intents[i]);
        }

        Send(new VenueCommand.Place([.. intents.Select(intent => ApprovedOrder.From(intent, Receipt))]));
    }

    private OrderIntent NextIntent()
    {
        (string symbol, decimal size, decimal tick) = Market();
        bool isBuy = _random.Chance(0.5);
        decimal price = Price(symbol, tick);
        decimal lots = size * _random.NextBetween(1, 5);
        long sort = _random.NextBetween(0, 9);
        if (sort == 0)
        {
            bool isStop = _random.Chance(0.5);
            decimal away = price * 0.02m * (isBuy == isStop ? 1 : -1);
            decimal trigger = Round(price + away, tick);
            return new OrderIntent(
                NewId(),
                symbol,
                isBuy,
                lots,
                Round(trigger * (isBuy ? 1.05m : 0.95m), tick),
                TimeInForce.Gtc,
                ReduceOnly: true,
                isStop ? TriggerKind.StopLoss : TriggerKind.TakeProfit,
                trigger,
                TriggerIsMarket: true
            );
        }

        TimeInForce tif =
            sort < 3 ? TimeInForce.Ioc
            : sort < 5 ? TimeInForce.Alo
            : TimeInForce.Gtc;
        decimal offset = price * _random.NextBetween(-30, 60) / 20_000m;
        return new OrderIntent(NewId(), symbol, isBuy, lots, Round(isBuy ? price - offset : price + offset, tick), tif, false);
    }

    /// <summary>Out of what the ledger says is held, at once, and never more.</summary>
    private void Exit()
    {
        (string symbol, _, decimal tick) = Market();
        decimal held = Ledger.Fills.Values.Where(fill => fill.Symbol == symbol).Sum(fill => fill.IsBuy ? fill.Size : -fill.Size);
        if (held != 0)
        {
            bool isBuy = held < 0;
            decimal limit = Round(Price(symbol, tick) * (isBuy ? 1.01m : 0.99m), tick);
            OrderIntent intent = new(NewId(), symbol, isBuy, Math.Abs(held), limit, TimeInForce.Ioc, ReduceOnly: true);
            Write(intent);
            Send(new VenueCommand.Place([ApprovedOrder.From(intent, Receipt)]));
        }
    }

    private decimal Away(OrderIntent intent)
    {
        decimal tick = Markets.First(market => market.Symbol == intent.Symbol).Tick;
        return Round(intent.LimitPrice * (1 + (_random.NextBetween(-20, 20) / 10_000m)), tick);
    }

    private decimal Price(string symbol, decimal tick) =>
        _world.Log.LastMid.TryGetValue(symbol, out double mid) ? Round((decimal)mid, tick)
        : symbol == "BTC" ? 60_000
        : 3_000;

    private static decimal Round(decimal price, decimal tick) => Math.Round(price / tick) * tick;

    private (string Symbol, decimal Size, decimal Tick) Market() => Markets[_random.NextBetween(0, Markets.Length - 1)];

    private ClientOrderId NewId() => new(_prefix | ++_ids);

    private void Write(OrderIntent intent) => Ledger.Write(intent, _world.WallMs, _process.Starts);

    private void Send(VenueCommand command)
    {
        Commands++;
        _world.Venue.Send(command);
    }
}
