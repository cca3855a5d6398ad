using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>Thousands of orders through a venue behind a bad network: one outcome each, nothing untrue, nothing lost.</summary>
public sealed class RandomOrderTests
{
    private const int OrdersEach = 12;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_order_ends_once_and_as_it_truly_did(int part)
    {
        int absent = 0;
        int unknown = 0;
        for (int seed = part * 250; seed < (part + 1) * 250; seed++)
        {
            (int Unknown, int Absent) counts = Run(seed);
            unknown += counts.Unknown;
            absent += counts.Absent;
        }

        // Of 3000 orders, so that the test is about something.
        Assert.True(unknown > 500 && absent > 100, $"{unknown} unknown, {absent} absent");
    }

    private static (int Unknown, int Absent) Run(int seed)
    {
        Random random = new(seed);
        using OrderRig rig = new();
        UnreliableVenue venue = new(rig, random);
        int next = 1;
        while (next <= OrdersEach)
        {
            int count = Math.Min(random.Next(1, 4), OrdersEach - next + 1);
            rig.Command(new VenueCommand.Place([.. Enumerable.Range(next, count).Select(i => OrderRig.Order(i))]));
            next += count;
            rig.Pass(random.Next(1_500), venue.Wake);
            venue.Stir();
            if (random.Next(6) == 0)
            {
                rig.Desk.SessionLost(rig.Now, rig.Effects);
                rig.Pass(random.Next(3_000), venue.Wake);
                rig.Desk.SessionUp(rig.Now, rig.Effects);
            }
        }

        rig.Pass(20_000, venue.Wake);
        venue.Stir();
        venue.IsHealthy = true;
        rig.Pass(120_000, venue.Wake);
        Assert.True(rig.Desk.UnknownOrders == 0, $"seed {seed}: {rig.Desk.UnknownOrders} are still unknown");
        for (int i = 1; i <= OrdersEach; i++)
        {
            Check(rig, venue, i, $"seed {seed}, order {i}");
        }

        return (
            rig.Events.OfType<VenueEvent.OrderUnknown>().Count(),
            rig.Events.OfType<VenueEvent.OrderStatusAnswered>().Count(e => e.IsProvenAbsent)
        );
    }

    private static void Check(OrderRig rig, UnreliableVenue venue, int number, string what)
    {
        ClientOrderId id = OrderRig.Id(number);
        UnreliableVenue.Order? truth = venue.Find(number);
        VenueEvent[] outcomes =
        [
            .. rig.Events.Where(e =>
                e is VenueEvent.OrderAcked a && a.Id == id
                || e is VenueEvent.OrderRejected r && r.Id == id
                || e is VenueEvent.OrderUnknown u && u.Id == id
            ),
        ];
        Assert.True(outcomes.Length == 1, $"{what}: {string.Join(", ", outcomes.Select(o => o.ToString()))}");
        VenueEvent.OrderStatusAnswered[] answers =
        [
            .. rig.Events.OfType<VenueEvent.OrderStatusAnswered>().Where(e => e.Id == id),
        ];
        Assert.True(answers.Length == (outcomes[0] is VenueEvent.OrderUnknown ? 1 : 0), $"{what}: {answers.Length} answers");
        switch (outcomes[0])
        {
            case VenueEvent.OrderAcked acked:
                Assert.True(truth is not null && (acked.VenueId ?? truth.Oid) == truth.Oid, what);
                break;
            case VenueEvent.OrderRejected:
                Assert.True(truth is null, what);
                break;
            default:
                Assert.True(answers[0].IsProvenAbsent == truth is null, what);
                break;
        }

        OrderReport[] reports =
        [
            .. rig.Events.OfType<VenueEvent.OrderChanged>().Select(e => e.Order).Where(o => o.Id == id),
            .. answers.Where(a => a.Order is not null).Select(a => a.Order!),
        ];
        foreach (OrderReport report in reports)
        {
            bool isRight = report.Phase switch
            {
                OrderPhase.Filled => truth!.Status == "filled",
                OrderPhase.Cancelled => truth!.Status == "canceled",
                OrderPhase.Rejected => false,
                _ => true,
            };
            Assert.True(isRight, $"{what}: {report}, but it is {truth!.Status}");
        }

        OrderReport[] changes = [.. reports.Take(reports.Length - answers.Count(a => a.Order is not null))];
        int ended = Array.FindIndex(changes, r => r.Phase is OrderPhase.Filled or OrderPhase.Cancelled);
        Assert.True(ended < 0 || ended == changes.Length - 1, $"{what}: revived");
    }
}
