using Kedge.Model;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Dry;

namespace Kedge.Venues.Tests.Dry;

public sealed class DryVenueTests
{
    private static readonly ClientOrderId s_id = new(7);
    private readonly RecordingListener _listener = new();
    private readonly DryLog _log = new(3);

    public static TheoryData<VenueCommand> Changes =>
        [
            new VenueCommand.Place([Approved(s_id)]),
            new VenueCommand.Modify(new ClientOrderId(6), Approved(s_id)),
            new VenueCommand.Cancel("ETH", s_id),
            new VenueCommand.CancelForeign("ETH", 9),
            new VenueCommand.SetLeverage("ETH", 5, true),
            new VenueCommand.ScheduleCancel(1),
        ];

    public static TheoryData<VenueCommand> Questions =>
        [
            new VenueCommand.QueryAccount(),
            new VenueCommand.QueryOrder(s_id),
            new VenueCommand.ResolveOrder(s_id, "ETH", 0),
            new VenueCommand.QueryOpenOrders(),
            new VenueCommand.QueryHistory(),
            new VenueCommand.QueryInstruments(),
            new VenueCommand.QueryDayVolumes(),
            new VenueCommand.QueryCandles(1, "ETH", new Interval(), 0, 1),
            new VenueCommand.QueryFundingRates(1, "ETH", 0, 1),
            new VenueCommand.Subscribe(true, [], []),
            new VenueCommand.CursorKept(AccountCursor.StartingAt(0)),
        ];

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void What_changes_something_is_written_down_and_ends_at_once_without_reaching_the_venue(VenueCommand command)
    {
        DryVenue venue = Open(out RecordingVenue inner);
        venue.Send(command);

        Assert.Empty(inner.Sent);
        Assert.Equal(new DryRecord(123, command, "wire"), _log.Records.Single());
        Assert.Equal("would send wire", Assert.IsType<VenueEvent.Noted>(_listener.Events[0]).Text);
        VenueEvent outcome = _listener.Events[1];
        Assert.Equal(2, _listener.Events.Count);
        string? text = outcome switch
        {
            VenueEvent.OrderRejected { Code: RejectCode.NotSent } o when o.Id == s_id => o.Text,
            VenueEvent.CancelAnswered { Outcome: CommandOutcome.Refused, Code: RejectCode.NotSent } c => c.Text,
            VenueEvent.LeverageAnswered { Outcome: CommandOutcome.Refused } l => l.Text,
            VenueEvent.ScheduleAnswered { Outcome: CommandOutcome.Refused } s => s.Text,
            _ => null,
        };
        Assert.Equal("dry: written down, not sent", text);
    }

    [Theory]
    [MemberData(nameof(Questions), DisableDiscoveryEnumeration = true)]
    public void Questions_go_through(VenueCommand command)
    {
        DryVenue venue = Open(out RecordingVenue inner);
        venue.Send(command);
        Assert.Same(command, inner.Sent.Single());
        Assert.Empty(_log.Records);
    }

    [Fact]
    public void Every_command_there_is_either_asks_or_changes()
    {
        IEnumerable<Type> all = typeof(VenueCommand).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(VenueCommand)));
        IEnumerable<Type> tested = Changes.Concat(Questions).Select(row => row.Data.GetType());
        Assert.Equal(all.Select(t => t.Name).Order(), tested.Select(t => t.Name).Order());
    }

    [Fact]
    public void What_the_inner_venue_tells_is_passed_on_and_it_is_no_venue_that_sends()
    {
        DryVenue venue = Open(out RecordingVenue inner);
        inner.Listener.On(new VenueEvent.SessionUp(1));
        inner.Listener.Mid("ETH", 2000.0, 5);
        Assert.Equal(new VenueEvent.SessionUp(1), _listener.Events.Single());
        Assert.Equal(("ETH", 2000.0), _listener.Mids.Single());
        Assert.Equal(inner.Capabilities & ~VenueCapabilities.Sends, venue.Capabilities);
    }

    [Fact]
    public void The_log_keeps_the_latest_and_counts_all()
    {
        DryVenue venue = Open(out _);
        for (int i = 1; i <= 5; i++)
        {
            venue.Send(new VenueCommand.ScheduleCancel(i));
        }

        Assert.Equal(5, _log.Total);
        Assert.Equal([3L, 4L, 5L], _log.Records.Select(r => ((VenueCommand.ScheduleCancel)r.Command).AtMs!.Value));
    }

    private DryVenue Open(out RecordingVenue inner)
    {
        RecordingVenue made = null!;
        DryVenue venue = new(_log, _listener, () => 123, l => made = new RecordingVenue(l), _ => "wire");
        inner = made;
        return venue;
    }

    private static ApprovedOrder Approved(ClientOrderId id) =>
        ApprovedOrder.From(
            new OrderIntent(id, "ETH", true, 1m, 2000m, TimeInForce.Gtc, false),
            RiskReceipt.ByOperator("test", "test")
        );
}
