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
internal sealed class LaneInvariants
{
    // The longest fault holds something back for 10 minutes; what it brings is met by the next audits.
    private const long DifferMaxUs = 20 * 60_000_000L;
    private readonly SimulatedLane _lane;
    private readonly LedgerMirror _mirror;
    private readonly LaneReport _report;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Func<int, decimal> _venue;
    private readonly HashSet<ClientOrderId> _left = [];
    private readonly HashSet<string> _alertable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _wanted = new(StringComparer.Ordinal);
    private readonly (decimal Difference, long SinceUs)[] _differs;
    private long _nonce;

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
        lane.Heard = Hear;
        lane.Handled = Check;
        lane.Sent += Leave;
        lane.Venue.Requested = Request;
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
                    _report.Complain($"{refused.Symbol}: refused without a reason");
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
            _report.Complain($"{order.Symbol}: {order.Id} was decided under {mode} ({engine.Risk!.Latches.Ruling?.Reason})");
        }

        if (!order.ReduceOnly)
        {
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
            _report.Complain($"{order.Symbol}: {order.Id} passes a limit if all is filled: {passed}");
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
                _report.Complain($"{id} was sent twice");
            }

            if (_mirror.ByOrder.TryGetValue(id, out MirroredIntent? intent))
            {
                intent.HasLeft = true;
            }

            if (!_mirror.IsWritten(id) && !(order.Intent.ReduceOnly && _mirror.IsUnwritable(id)))
            {
                _report.Complain($"{id} was sent and is written nowhere");
            }
        }
    }

    private void Request(string path, ReadOnlyMemory<byte> body)
    {
        if (path != "/exchange")
        {
            return;
        }

        Utf8JsonReader reader = new(body.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("nonce"u8))
            {
                reader.Read();
                long nonce = reader.GetInt64();
                if (nonce <= _nonce)
                {
                    _report.Complain($"nonce {nonce} follows {_nonce}");
                }

                _nonce = nonce;
                return;
            }
        }
    }

    private void Check()
    {
        if (_lane.Engine is not { } engine)
        {
            return;
        }

        Account account = engine.Account;
        int working = 0;
        int open = 0;
        double reserved = 0.0;
        for (int i = 0; i < _symbols.Count; i++)
        {
            SymbolState state = engine.StateOf(i);
            working += state.Working.IsWorking ? 1 : 0;
            open += state.Position.IsOpen ? 1 : 0;
            reserved += state.Working.ReservedMargin + state.Working.ReservedFee;
            decimal own = engine.OwnOf(i);
            decimal net = own + engine.ForeignOf(i);
            if (state.Position.IsOpen ? state.Position.Size != (double)Math.Abs(own) : own != 0m)
            {
                _report.Complain($"{_symbols[i]}: the kernel holds {state.Position.Size}, the ledger {own}");
            }

            if (_mirror.IsCurrent && _mirror.Position(_symbols[i]) != net)
            {
                _report.Complain($"{_symbols[i]}: the engine holds {net}, its ledger {_mirror.Position(_symbols[i])}");
            }

            Compare(i, net, engine);
        }

        if (working != account.WorkingOrders || open != account.OpenPositions)
        {
            _report.Complain(
                $"{account.WorkingOrders} orders and {account.OpenPositions} positions are counted, {working} and {open} are there"
            );
        }

        if (Math.Abs(reserved - account.Reserved) > 1e-6)
        {
            _report.Complain($"{account.Reserved} is reserved, orders reserve {reserved}");
        }

        foreach ((string code, long count) in _wanted)
        {
            long told = _alerts.GetValueOrDefault(code);
            if (told < count || told > count + _lane.Process.Starts)
            {
                _report.Complain($"{count} times something happened that is told as {code}, it was told {told} times");
                _alerts[code] = count;
            }
        }
    }

    /// <summary>A difference with the venue is on its way to be seen, or somebody was told and nothing is entered in the symbol.</summary>
    private void Compare(int symbol, decimal net, TradingEngine engine)
    {
        decimal difference = _venue(symbol) - net;
        long nowUs = _lane.Process.Scheduler.NowUs;
        if (
            difference == 0m
            || difference != _differs[symbol].Difference
            || engine.Risk?.Latches.IsSet(KillKeys.Reconcile) == true
        )
        {
            _differs[symbol] = (difference, nowUs);
        }
        else if (nowUs - _differs[symbol].SinceUs > DifferMaxUs)
        {
            _report.Complain(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_symbols[symbol]}: the venue has {_venue(symbol)}, the engine {net}, for {DifferMaxUs / 60_000_000} minutes"
                )
            );
            _differs[symbol] = (difference, nowUs);
        }
    }
}
