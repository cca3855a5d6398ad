using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;

namespace Kedge.Kernel.Tests.Phases;

/// <summary>What becomes of exits while orders work, and of parts the venue would not take.</summary>
public sealed unsafe class ExitPhaseTests
{
    private static readonly OrderOutcome OnItsWay = OrderOutcome.Working(0.0, 0.0);

    [Fact]
    public void A_stop_is_asked_for_while_a_partial_exit_is_on_its_way()
    {
        Bench bench = new();
        OrderAction[] asked = bench.Test(OnItsWay, 110.0, 90.0);

        // 110 sends the part; nobody knows what became of it; at 90 the stop must not wait for the answer.
        Assert.Equal([OrderAction.Reduce, OrderAction.Close], asked);
    }

    [Fact]
    public void A_close_sent_past_a_partial_exit_takes_its_place_and_is_not_sent_again()
    {
        Bench bench = new();
        Assert.Equal([OrderAction.Reduce, OrderAction.Close], bench.Test(OnItsWay, 110.0, 90.0, 89.0));
        Assert.Equal(OrderAction.Close, bench.Working);
        Assert.Equal(1, bench.WorkingOrders);
    }

    [Fact]
    public void A_partial_exit_on_its_way_is_not_sent_again()
    {
        Bench bench = new();
        Assert.Equal([OrderAction.Reduce], bench.Test(OnItsWay, 110.0, 111.0, 112.0));
    }

    [Fact]
    public void A_close_on_its_way_is_not_sent_again()
    {
        Bench bench = new();
        Assert.Equal([OrderAction.Close], bench.Test(OnItsWay, 90.0, 89.0, 110.0));
    }

    [Fact]
    public void A_refused_exit_is_asked_for_at_every_price()
    {
        Bench bench = new();
        Assert.Equal([OrderAction.Close, OrderAction.Close], bench.Test(OrderOutcome.Refused(7), 90.0, 89.0));
    }

    [Theory]
    // A half of 0.4 at 110 is 22: the venue takes it.
    [InlineData(0.4, 10.0, OrderAction.Reduce, 0.2)]
    // A half of 0.16 is 8.8, too little for an order: raised to 10, which leaves less than 10.
    [InlineData(0.16, 10.0, OrderAction.Close, 0.16)]
    // A tenth of 0.4 would be 4.4 ÷ 110: raised to the 0.1 that are worth 11, and 0.3 stay.
    [InlineData(0.4, 11.0, OrderAction.Reduce, 0.1, 0.1)]
    // Nine tenths of 0.4 leave 4.4, too little to be ever sold alone.
    [InlineData(0.4, 10.0, OrderAction.Close, 0.4, 0.9)]
    public void A_part_is_what_the_venue_takes(
        double size,
        double minimum,
        OrderAction action,
        double closed,
        double fraction = 0.5
    )
    {
        Bench bench = new(size, fraction, minimum);
        Assert.Equal([action], bench.Test(OrderOutcome.Filled(0.0), 110.0));
        Assert.Equal(closed, bench.LastOrder.Size, 1e-12);
    }

    /// <summary>A long from 100 with ATR 2: stop at 96, first step of the ladder at 108.</summary>
    private sealed class Bench
    {
        private SymbolState _state;
        private Parameters _settings;
        private InstrumentTerms _terms;

        public Bench(double size = 20.0, double fraction = 0.5, double minimum = 0.0)
        {
            _terms.MinNotional = minimum;
            _settings.Trade.SlAtrMult = 2.0;
            _settings.Trade.TpAtrMult = 4.0;
            _settings.Trade.TpPartialPct = fraction;
            _settings.Trade.TrailingStartAtr = 1000.0;
            _settings.Trade.EnablePartialTp = true;
            _state.Position.Side = Side.Long;
            _state.Position.Size = size;
            _state.Position.EntryPrice = 100.0;
            _state.Position.EntryAtr = 2.0;
            _state.Position.Leverage = 2.0;
        }

        public KernelOrder LastOrder { get; private set; }

        public OrderAction Working => _state.Working.Action;

        public int WorkingOrders { get; private set; }

        public OrderAction[] Test(OrderOutcome answer, params double[] prices)
        {
            List<OrderAction> asked = [];
            Account account = new(10_000) { OpenPositions = 1 };
            Snapshot seen = new() { IsKnown = true, Atr = 2.0 };
            KernelOrder order = default;
            NoTrace trace = default;
            fixed (SymbolState* state = &_state)
            fixed (Parameters* settings = &_settings)
            fixed (InstrumentTerms* terms = &_terms)
            {
                OneSymbolWorld world = new()
                {
                    Memory = state,
                    Settings = settings,
                    Terms = terms,
                    Seen = &seen,
                    LastOrder = &order,
                    Answer = answer,
                };
                long now = 0;
                foreach (double price in prices)
                {
                    int before = world.Orders;
                    world.Price = price;
                    ExitPhase.Test(&account, new Tick(now += 60_000, 3_600_000), 0, ref world, ref trace);
                    if (world.Orders > before)
                    {
                        asked.Add(order.Action);
                    }
                }
            }

            LastOrder = order;
            WorkingOrders = account.WorkingOrders;
            return [.. asked];
        }
    }
}
