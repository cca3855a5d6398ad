using System.Globalization;
using System.Text.Json;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Simulation.Trading;

/// <summary>What must hold of a lane after every event. It reads what the engine says, sends and writes, and what the venue holds; not how it works.</summary>
internal sealed partial class LaneInvariants
{
    private readonly SimulatedLane _lane;
    private readonly LedgerMirror _mirror;
    private readonly LaneReport _report;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Func<int, decimal> _venue;
    private readonly HashSet<ClientOrderId> _left = [];
    private readonly HashSet<string> _alertable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _wanted = new(StringComparer.Ordinal);
    private readonly WireWatch _wire;

    public LaneInvariants(
        SimulatedLane lane,
        LedgerMirror mirror,
        LaneReport report,
        IReadOnlyList<string> symbols,
        Func<int, decimal> venue
    )
    {
        (_lane, _mirror, _report, _symbols, _venue) = (lane, mirror, report, symbols, venue);
        _differs = new (decimal, long)[symbols.Count];
        _pricedMs = new long[symbols.Count];
        _wire = new WireWatch(report);
        lane.Heard = Hear;
        lane.Handled = Check;
        lane.Priced = (rank, receivedMs) => _pricedMs[rank] = receivedMs;
        lane.Sent += Leave;
        lane.Venue.Requested = _wire.Request;
    }

    private void Hear(EngineEffect effect)
    {
        switch (effect)
        {
            case EngineEffect.Commit commit:
                foreach (LedgerRow row in commit.Batch.Rows)
                {
                    Expect(row);
                }

                break;
            case EngineEffect.WriteEmergency:
                _report.Count("emergency");
                break;
            case EngineEffect.Send { Command: VenueCommand.Place place }:
                foreach (ApprovedOrder order in place.Orders)
                {
                    Decide(order.Intent);
                }

                break;
            case EngineEffect.Booked:
                _report.Count("bookings");
                break;
            case EngineEffect.Refused refused:
                _report.Count($"refused {refused.Code}");
                if (string.IsNullOrWhiteSpace(refused.Code))
                {
                    _report.Complain(LaneInvariant.RefusalsHaveReasons, $"{refused.Symbol}: refused without a reason");
                }

                break;
            case EngineEffect.Alert alert:
                _report.Count($"alert {alert.Code}");
                _alerts[alert.Code] = _alerts.GetValueOrDefault(alert.Code) + 1;
                break;
            case EngineEffect.Ticked:
                _report.Count("ticks");
                break;
        }
    }

    /// <summary>Rows somebody has to be told of, each once, however often it is offered to a ledger that fails.</summary>
    private void Expect(LedgerRow row)
    {
        (string? code, string key) = row switch
        {
            LedgerRow.KillChanged { Mode: not null } k => ("kill_latched", $"{k.Name} {k.Mode} {k.AtMs}"),
            LedgerRow.KillChanged k => ("kill_cleared", $"{k.Name} {k.AtMs}"),
            LedgerRow.FillBooked { IntentId: null, Adjustment: AdjustmentKind.Liquidation } f => (
                "liquidation",
                $"{f.Key.TradeId} {f.Key.VenueOrderId}"
            ),
            LedgerRow.FillBooked { IntentId: null } f => ("foreign_fill", $"{f.Key.TradeId} {f.Key.VenueOrderId}"),
            LedgerRow.AdjustmentBooked { Symbol: not null, Kind: AdjustmentKind.Reconcile or AdjustmentKind.Foreign } a => (
                "position_adjusted",
                a.Key
            ),
            _ => (null, ""),
        };
        if (code is not null && _alertable.Add($"{code} {key}"))
        {
            _wanted[code] = _wanted.GetValueOrDefault(code) + 1;
        }
    }

    /// <summary>An order was decided: what is killed stays killed, and if everything under way were filled no limit would be passed.</summary>
    private void Decide(OrderIntent order)
    {
        _report.Count(order.ReduceOnly ? "exits" : "entries");
        TradingEngine engine = _lane.Engine!;
        KillMode mode = engine.Risk?.Latches.Mode ?? KillMode.Off;
        bool byOperator =
            _mirror.ByOrder.TryGetValue(order.Id, out MirroredIntent? intent) && intent.Row.Owner == IntentOwner.Operator;
        bool isAllowed = mode switch
        {
            KillMode.Off => true,
            KillMode.CloseOnly => order.ReduceOnly,
            KillMode.HaltAll => order.ReduceOnly && byOperator,
            _ => false,
        };
        if (!isAllowed)
        {
            _report.Complain(
                LaneInvariant.HaltsHold,
                $"{order.Symbol}: {order.Id} was decided under {mode} ({engine.Risk!.Latches.Ruling?.Reason})"
            );
        }

        // An operator's limit is his own price.
        if (!byOperator || order.TimeInForce == TimeInForce.Ioc)
        {
            RequirePrice(order, engine);
        }

        if (!order.ReduceOnly)
        {
            RequireRecovered(order);
            Measure(order, engine);
        }
    }

    private void Measure(OrderIntent order, TradingEngine engine)
    {
        WorstCase limits = new(engine, _symbols);
        foreach (MirroredIntent open in _mirror.Open)
        {
            if (!open.Row.ReduceOnly)
            {
                limits.Add(
                    open.Row.Symbol,
                    (open.Row.RequestedSize.ToDecimal() - open.Filled) * (open.Row.LimitPrice?.ToDecimal() ?? 0m)
                );
            }
        }

        if (limits.Passed(order.Symbol) is { } passed)
        {
            _report.Complain(LaneInvariant.LimitsHold, $"{order.Symbol}: {order.Id} passes a limit if all is filled: {passed}");
        }
    }

    private void Leave(VenueCommand command)
    {
        if (command is not VenueCommand.Place place)
        {
            return;
        }

        foreach (ApprovedOrder order in place.Orders)
        {
            ClientOrderId id = order.Intent.Id;
            if (!_left.Add(id))
            {
                _report.Complain(LaneInvariant.IdsAreUnique, $"{id} was sent twice");
            }

            if (_mirror.ByOrder.TryGetValue(id, out MirroredIntent? intent))
            {
                intent.HasLeft = true;
                RequireSame(order.Intent, intent.Row);
            }

            if (!_mirror.IsWritten(id) && !(order.Intent.ReduceOnly && _mirror.IsUnwritable(id)))
            {
                _report.Complain(LaneInvariant.WrittenBeforeSent, $"{id} was sent and is written nowhere");
            }
        }
    }

    /// <summary>What leaves is what was written down.</summary>
    private void RequireSame(OrderIntent sent, LedgerRow.IntentCreated written)
    {
        bool isSame =
            sent.Symbol == written.Symbol
            && sent.IsBuy == written.IsBuy
            && sent.Size == written.RequestedSize.ToDecimal()
            && sent.LimitPrice == written.LimitPrice?.ToDecimal()
            && sent.ReduceOnly == written.ReduceOnly
            && sent.TimeInForce == written.TimeInForce;
        if (!isSame)
        {
            _report.Complain(LaneInvariant.WrittenBeforeSent, $"{sent} was sent, {written} was written down");
        }
    }
}
