using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Actions;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>Sends orders and replacements and tells their outcomes: one for each order.</summary>
internal sealed class Submitter
{
    private readonly OrderDeskSettings _settings;
    private readonly IAssetLookup _assets;
    private readonly OrderMemory _memory;
    private readonly ActionQueue _actions;
    private readonly Inquiries _inquiries;
    private readonly FollowUps _followUps;

    /// <summary>A submitter.</summary>
    public Submitter(
        OrderDeskSettings settings,
        IAssetLookup assets,
        OrderMemory memory,
        ActionQueue actions,
        Inquiries inquiries,
        FollowUps followUps
    )
    {
        _settings = settings;
        _assets = assets;
        _memory = memory;
        _actions = actions;
        _inquiries = inquiries;
        _followUps = followUps;
    }

    /// <summary>
    /// Sends the orders of a placement in one request. Those that cannot be written are refused at once; the rest goes, unless they belong together:
    /// a position without its stop is worse than none.
    /// </summary>
    public void Place(VenueCommand.Place command, in Now now, IEffectSink<SessionEffect> effects)
    {
        List<OrderTrack> tracks = [];
        List<WireOrder> orders = [];
        List<(ClientOrderId Id, RejectCode Code, string Text)> refused = [];
        HashSet<ClientOrderId> seen = [];
        bool isTooMany = command.Orders.Count > _settings.MaxBatch;
        foreach (ApprovedOrder approved in command.Orders)
        {
            OrderIntent intent = approved.Intent;
            if (isTooMany)
            {
                refused.Add((intent.Id, RejectCode.NotSent, $"more than {_settings.MaxBatch} orders at once"));
            }
            else if (Refusal(intent, seen, out WireOrder order) is { } why)
            {
                refused.Add((intent.Id, why.Code, why.Text));
            }
            else
            {
                tracks.Add(new OrderTrack(intent));
                orders.Add(order);
            }
        }

        bool isExit = tracks.TrueForAll(static track => track.Intent is { ReduceOnly: true });
        RejectCode? all =
            refused.Count > 0 && command.Grouping != OrderGrouping.None ? RejectCode.Other
            : !HasRoom(tracks.Count, isExit) ? RejectCode.NotSent
            : null;
        foreach ((ClientOrderId id, RejectCode code, string text) in refused)
        {
            Reject(id, code, text, effects);
        }

        if (all is { } reason)
        {
            string text = reason == RejectCode.NotSent ? "too many orders of open outcome" : "an order it belongs to was refused";
            foreach (OrderTrack track in tracks)
            {
                Reject(track.Id, RejectCode.NotSent, text, effects);
            }
        }
        else if (tracks.Count > 0)
        {
            WireOrder[] wire = [.. orders];
            Send(tracks, isExit, writer => writer.Order(wire, command.Grouping), End, now, effects);
        }

        void End(in Verdict verdict, in Now at, IEffectSink<SessionEffect> to) => Settle(tracks, verdict, at, to);
    }

    /// <summary>
    /// Replaces an order. Sent as a batch of one, which is answered with the new order's id; an answer without one is understood too. What became of
    /// the old order is asked for whatever the answer: a replacement that is refused may have cancelled it.
    /// </summary>
    public void Modify(VenueCommand.Modify command, in Now now, IEffectSink<SessionEffect> effects)
    {
        OrderIntent intent = command.Replacement.Intent;
        if (Refusal(intent, [], out WireOrder order) is { } why)
        {
            Reject(intent.Id, why.Code, why.Text, effects);
            return;
        }

        if (!HasRoom(1, intent.ReduceOnly))
        {
            Reject(intent.Id, RejectCode.NotSent, "too many orders of open outcome", effects);
            return;
        }

        List<OrderTrack> tracks = [new OrderTrack(intent)];
        WireModify[] modify = [new WireModify(new WireOrderRef(command.Old, 0), order)];
        Send(tracks, intent.ReduceOnly, writer => writer.BatchModify(modify), End, now, effects);

        void End(in Verdict verdict, in Now at, IEffectSink<SessionEffect> to)
        {
            if (verdict is { Kind: VerdictKind.Answered, Answer: { Type: "default", Statuses.Count: 0 } })
            {
                OrderPhase phase = intent.Trigger == TriggerKind.None ? OrderPhase.Open : OrderPhase.Waiting;
                Ack(tracks[0], new VenueEvent.OrderAcked(intent.Id, VenueId: null, phase, 0m, AveragePrice: null), at, to);
                _followUps.Open(intent.Id, at);
            }
            else
            {
                Settle(tracks, verdict, at, to);
            }

            if (verdict.Kind != VerdictKind.NotSent)
            {
                _followUps.Open(command.Old, at);
            }
        }
    }

    private void Send(
        List<OrderTrack> tracks,
        bool isExit,
        Action<ActionWriter> write,
        ActionJob.Ended end,
        in Now now,
        IEffectSink<SessionEffect> effects
    )
    {
        foreach (OrderTrack track in tracks)
        {
            _memory.Add(track);
        }

        ActionJob job = new()
        {
            Class = isExit ? RequestClass.Exit : RequestClass.Order,
            Elements = tracks.Count,
            Write = write,
            End = end,
            Orders = tracks,
        };
        _actions.Take(job, now, effects);
    }

    /// <summary>Exits have the last quarter to themselves.</summary>
    private bool HasRoom(int orders, bool isExit) =>
        _memory.Unsettled + orders <= (isExit ? _settings.MaxUnsettled : _settings.MaxUnsettled * 3 / 4);

    private (RejectCode Code, string Text)? Refusal(OrderIntent intent, HashSet<ClientOrderId> seen, out WireOrder order)
    {
        order = default;
        if (!_assets.TryGetAsset(intent.Symbol, out int asset))
        {
            return (RejectCode.UnknownSymbol, $"{intent.Symbol} is not known");
        }

        order = WireOrder.From(intent, asset);
        if (order.Unwritable() is { } code)
        {
            return (code, "a number has more than eight decimals");
        }

        return !seen.Add(intent.Id) || _memory.TryGet(intent.Id, out _)
            ? (RejectCode.DuplicateId, "this client order id was used before")
            : null;
    }

    private void Settle(List<OrderTrack> tracks, in Verdict verdict, in Now now, IEffectSink<SessionEffect> effects)
    {
        IReadOnlyList<ExchangeStatus> statuses = verdict.Answer?.Statuses ?? [];
        // A refusal that depends on the request alone comes once for all of it.
        bool isOneForAll = statuses is [{ Kind: ExchangeStatusKind.Rejected }];
        for (int i = 0; i < tracks.Count; i++)
        {
            switch (verdict.Kind)
            {
                case VerdictKind.NotSent:
                case VerdictKind.Refused:
                    Reject(tracks[i], verdict.Code, verdict.Text, now, effects);
                    break;
                case VerdictKind.Unknown:
                    Unknown(tracks[i], verdict.Text, now, effects);
                    break;
                case VerdictKind.Answered when isOneForAll:
                    Settle(tracks[i], statuses[0], now, effects);
                    break;
                case VerdictKind.Answered when statuses.Count == tracks.Count:
                    Settle(tracks[i], statuses[i], now, effects);
                    break;
                default:
                    Unknown(tracks[i], $"{statuses.Count} statuses for {tracks.Count} orders", now, effects);
                    break;
            }
        }
    }

    private void Settle(OrderTrack track, ExchangeStatus status, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool isOther =
            status.ClientOrderId is { } echoed && (!ClientOrderId.TryParse(echoed, out ClientOrderId id) || id != track.Id);
        RejectCode code = RejectCodes.Of(status.Reason, status.Text);
        switch (status.Kind)
        {
            case var _ when isOther:
                Unknown(track, "the answer is about another order", now, effects);
                break;
            case ExchangeStatusKind.Rejected when !RejectCodes.MayBeRepetition(code, status.Text):
                Reject(track, code, status.Text ?? string.Empty, now, effects);
                break;
            case ExchangeStatusKind.Resting when status.OrderId is not null:
                OrderPhase resting = track.Intent?.Trigger is null or TriggerKind.None ? OrderPhase.Open : OrderPhase.Waiting;
                Ack(track, new VenueEvent.OrderAcked(track.Id, status.OrderId, resting, 0m, AveragePrice: null), now, effects);
                break;
            case ExchangeStatusKind.Filled when status is { OrderId: not null, FilledSize: { } size, AveragePrice: not null }:
                Filled(track, status, size, now, effects);
                break;
            case ExchangeStatusKind.WaitingForFill or ExchangeStatusKind.WaitingForTrigger:
                VenueEvent.OrderAcked waiting = new(track.Id, status.OrderId, OrderPhase.Waiting, 0m, AveragePrice: null);
                Ack(track, waiting, now, effects);
                break;
            default:
                Unknown(track, status.Text ?? "the answer does not fit an order", now, effects);
                break;
        }
    }

    /// <summary>The venue says <c>filled</c> also when only a part was; what became of the rest is told by the order's status.</summary>
    private void Filled(OrderTrack track, ExchangeStatus status, decimal size, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool isWhole = track.Intent is { } intent && size >= intent.Size;
        OrderPhase phase = isWhole ? OrderPhase.Filled : OrderPhase.Open;
        Ack(track, new VenueEvent.OrderAcked(track.Id, status.OrderId, phase, size, status.AveragePrice), now, effects);
        if (isWhole)
        {
            _memory.Move(track, OrderTrackState.Ended, now);
        }
        else
        {
            _followUps.Open(track.Id, now);
        }
    }

    private void Ack(OrderTrack track, VenueEvent.OrderAcked ack, in Now now, IEffectSink<SessionEffect> effects)
    {
        track.VenueId = ack.VenueId ?? track.VenueId;
        bool hasEnded = track.LastReport is { } report && OrderReports.HasEnded(report.Phase);
        _memory.Move(track, hasEnded ? OrderTrackState.Ended : OrderTrackState.Live, now);
        effects.Add(new SessionEffect.Emit(ack));
    }

    private void Reject(OrderTrack track, RejectCode code, string text, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool hasFailed = track.LastReport is { } report && OrderReports.HasEnded(report.Phase) && track.FilledSize == 0m;
        if (track.IsSeen && !hasFailed)
        {
            // The venue told of it before: this is the answer to a second copy of the request.
            Unknown(track, $"refused, but the venue has it: {text}", now, effects);
            return;
        }

        _memory.Move(track, OrderTrackState.Ended, now);
        Reject(track.Id, code, text, effects);
    }

    private static void Reject(ClientOrderId id, RejectCode code, string text, IEffectSink<SessionEffect> effects) =>
        effects.Add(new SessionEffect.Emit(new VenueEvent.OrderRejected(id, code, text)));

    private void Unknown(OrderTrack track, string reason, in Now now, IEffectSink<SessionEffect> effects)
    {
        effects.Add(new SessionEffect.Emit(new VenueEvent.OrderUnknown(track.Id, reason)));
        _inquiries.Open(track, now, effects);
    }
}
