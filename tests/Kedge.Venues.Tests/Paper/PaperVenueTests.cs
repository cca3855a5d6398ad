using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Paper;

namespace Kedge.Venues.Tests.Paper;

public sealed class PaperVenueTests
{
    private readonly RecordingListener _listener = new();
    private readonly MemoryStore _store = new();
    private RecordingVenue _market = null!;
    private Now _now = new(0, PaperRig.Hour);

    [Fact]
    public void A_fill_is_told_and_kept_before_send_returns_and_no_order_reaches_the_market()
    {
        PaperVenue venue = Open();
        venue.Send(Buy(1));
        VenueEvent.Filled filled = _listener.Events.OfType<VenueEvent.Filled>().Single();
        Assert.Equal(2001m, filled.Fill.Price);
        Assert.Equal(2, _store.State!.NextTradeId);
        Assert.Empty(_market.Sent);
        Assert.False(venue.Capabilities.HasFlag(VenueCapabilities.Sends));
    }

    [Fact]
    public void An_order_from_inside_an_event_is_worked_off_after_it()
    {
        PaperVenue venue = Open();
        _listener.Then = e =>
        {
            if (e is VenueEvent.Filled { Fill.TradeId: 1 })
            {
                venue.Send(Buy(2));
                Assert.Single(_listener.Events.OfType<VenueEvent.Filled>());
            }
        };
        venue.Send(Buy(1));
        Assert.Equal([1L, 2L], _listener.Events.OfType<VenueEvent.Filled>().Select(f => f.Fill.TradeId));
    }

    [Fact]
    public void Funding_rates_are_asked_of_the_market_and_paid()
    {
        PaperVenue venue = Open();
        venue.Send(Buy(1));
        _now = new Now(3_600_000, PaperRig.Hour + 3_600_000);
        venue.Tick();
        VenueCommand.QueryFundingRates query = Assert.IsType<VenueCommand.QueryFundingRates>(_market.Sent.Single());
        venue.On(new VenueEvent.FundingRatesAnswered(query.Request, [(PaperRig.Hour + 3_600_000, 0.0001)], true, null));

        // 1 × mark 2000 × 0.0001, paid; the answer to the venue's own question is nobody else's business.
        Assert.Equal(-0.2m, _listener.Events.OfType<VenueEvent.FundingPaid>().Single().Payment.Usd);
        Assert.Empty(_listener.Events.OfType<VenueEvent.FundingRatesAnswered>());
    }

    [Fact]
    public void The_market_may_tell_on_another_thread_while_it_takes_a_question()
    {
        PaperVenue venue = Open();
        venue.Send(Buy(1));
        _now = new Now(3_600_000, PaperRig.Hour + 3_600_000);
        bool wasTold = false;
        // A venue that refuses a question waits for whoever tells at that moment, and that one waits for nobody.
        _market.OnSend = () => wasTold = Task.Run(() => venue.Mid("ETH", 2000.0, 3_600_000)).Wait(TimeSpan.FromSeconds(5));
        venue.Tick();
        Assert.True(wasTold);
    }

    [Fact]
    public void Orders_and_money_of_an_inner_account_are_kept_out()
    {
        PaperVenue venue = Open();
        venue.On(new VenueEvent.AccountAnswered(1m, 1m, 0m, [], 0, null));
        Assert.Empty(_listener.Events.OfType<VenueEvent.AccountAnswered>());
        venue.Send(new VenueCommand.QueryAccount());
        Assert.Equal(10_000m, _listener.Events.OfType<VenueEvent.AccountAnswered>().Single().EquityUsd);
    }

    private PaperVenue Open()
    {
        PaperVenue venue = new(new PaperOptions(), _store, _listener, () => _now, l => _market = new RecordingVenue(l));
        venue.Start(null);
        venue.On(new VenueEvent.InstrumentsAnswered([PaperRig.Eth], null));
        venue.Quote("ETH", 1999.0, 2001.0, 0, 0);
        return venue;
    }

    private static VenueCommand Buy(int id) =>
        PaperRig.Placing(new OrderIntent(new ClientOrderId((UInt128)id), "ETH", true, 1m, 2100m, TimeInForce.Ioc, false));

    private sealed class MemoryStore : IPaperStore
    {
        public PaperState? State { get; private set; }

        public PaperState? Load() => State;

        public void Save(PaperState state) => State = state;
    }
}
