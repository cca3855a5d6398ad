using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Live;

// What the venue makes of orders and questions, and when it answers.
internal sealed partial class LiveRun
{
    private void Deliver(VenueCommand command, int life)
    {
        if (life != _life)
        {
            // It was on its way when the process died: half of them arrive.
            if (!_random.Chance(0.5))
            {
                return;
            }
        }

        if (command is VenueCommand.Place place)
        {
            foreach (ApprovedOrder order in place.Orders)
            {
                _orders.Add(order.Intent);
                Submit(order.Intent);
            }
        }
        else if (command is VenueCommand.ResolveOrder resolve)
        {
            Resolve(resolve);
        }
        else
        {
            Venue.Take(command);
        }

        Drain(_random.Whole(10, 300));
    }

    private void Submit(OrderIntent order)
    {
        double dice = _calm ? 1.0 : _random.Unit();
        if ((dice -= _chaos.Rejected) < 0.0)
        {
            Count("rejected");
            Venue.CheckId(order);
            Tell(new VenueEvent.OrderRejected(order.Id, RejectCode.NoMatch, "nothing to match"));
        }
        else if ((dice -= _chaos.UnknownAbsent) < 0.0)
        {
            Count("unknown_absent");
            Venue.CheckId(order);
            _absent.Add(order.Id);
            Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
            TellLater(new VenueEvent.OrderStatusAnswered(order.Id, null, true, null), _random.Whole(60_000, 110_000));
        }
        else if ((dice -= _chaos.UnknownLanded) < 0.0)
        {
            Count("unknown_landed");
            Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
            Land(order, order.Size, _random.Whole(500, 30_000), ack: false);
        }
        else if ((dice -= _chaos.Partial) < 0.0)
        {
            Count("partial");
            Land(order, Math.Round(order.Size * 0.37m, 4), 5, ack: true);
        }
        else if ((dice - _chaos.FillBeforeAck) < 0.0)
        {
            Count("fill_first");
            Land(order, order.Size, 5, ack: true, fillFirst: true);
        }
        else
        {
            Land(order, order.Size, 5, ack: true);
        }
    }

    private readonly HashSet<ClientOrderId> _absent = [];
    private readonly Dictionary<ClientOrderId, OrderReport> _reports = [];

    private void Land(OrderIntent order, decimal size, int delayMs, bool ack, bool fillFirst = false)
    {
        Venue.CheckId(order);
        Fill? fill = Venue.Execute(order, size);
        if (fill is null)
        {
            _absent.Add(order.Id);
            if (ack)
            {
                Tell(new VenueEvent.OrderRejected(order.Id, RejectCode.ReduceOnly, "nothing to reduce"));
            }
            else
            {
                TellLater(new VenueEvent.OrderStatusAnswered(order.Id, null, true, null), 70_000);
            }

            return;
        }

        _told.Add(fill);
        bool isWhole = fill.Size == order.Size;
        OrderReport report = Venue.Report(
            order,
            fill.VenueOrderId,
            fill.Size,
            isWhole ? OrderPhase.Filled : OrderPhase.Cancelled
        );
        _reports[order.Id] = report;
        VenueEvent filled = new VenueEvent.Filled(fill, Venue.Cursor());
        VenueEvent acked = new VenueEvent.OrderAcked(
            order.Id,
            fill.VenueOrderId,
            isWhole ? OrderPhase.Filled : OrderPhase.Open,
            fill.Size,
            fill.Price
        );
        if (fillFirst)
        {
            TellLater(filled, delayMs);
            TellLater(new VenueEvent.OrderChanged(report), delayMs + 1);
            TellLater(acked, delayMs + 2);
        }
        else
        {
            if (ack)
            {
                Tell(acked);
            }

            TellLater(filled, delayMs);
            TellLater(new VenueEvent.OrderChanged(report), delayMs + _random.Whole(0, 2_000));
        }

        if (_random.Chance(_chaos.Repeated))
        {
            TellLater(filled, delayMs + 3_000);
        }
    }

    private void Resolve(VenueCommand.ResolveOrder resolve)
    {
        if (_reports.TryGetValue(resolve.Id, out OrderReport? report))
        {
            TellLater(new VenueEvent.OrderStatusAnswered(resolve.Id, report, false, null), 400);
        }
        else
        {
            // Proven absent, unless it arrives after all before its proof.
            int life = _life;
            At(
                _nowMs + 60_000,
                () =>
                {
                    if (life == _life)
                    {
                        OrderReport? late = _reports.GetValueOrDefault(resolve.Id);
                        Tell(new VenueEvent.OrderStatusAnswered(resolve.Id, late, late is null, null));
                    }
                }
            );
        }
    }

    private void Tell(VenueEvent told) => TellLater(told, 0);

    private void TellLater(VenueEvent told, int delayMs)
    {
        int life = _life;
        At(
            _nowMs + delayMs,
            () =>
            {
                // What was told to a life that has ended is told to the next one by the adapter's own catch-up.
                if (life == _life)
                {
                    Handle(new EngineEvent.Told(told));
                }
            }
        );
    }

    private void Drain(int delayMs)
    {
        while (Venue.Events.TryDequeue(out VenueEvent? told))
        {
            if (told is VenueEvent.Filled filled)
            {
                _told.Add(filled.Fill);
            }

            TellLater(told, delayMs);
        }
    }
}
