using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Actions;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Places, replaces and cancels. Every command ends in exactly one outcome for each of its parts, whatever becomes of the request; an order whose
/// outcome is unknown is asked about until the venue tells. An order is told to be refused only on evidence, and to have ended only by the venue.
/// </summary>
internal sealed class OrderDesk : IOrderDesk
{
    private readonly OrderDeskSettings _settings;
    private readonly IRequestDesk _requests;
    private readonly IAssetLookup _assets;
    private readonly AnswerDecoder _decoder;
    private readonly VenueClock _clock = new();
    private readonly NonceSource _nonces;
    private readonly VenueTimeQuestion _time;
    private readonly OrderMemory _memory;
    private readonly ActionQueue _actions;
    private readonly Inquiries _inquiries;
    private readonly FollowUps _followUps;
    private readonly Submitter _submitter;
    private long _dueAtOnceMs = long.MaxValue;
    private long _startMs;

    /// <summary>A desk.</summary>
    /// <param name="settings">Bounds and the account.</param>
    /// <param name="requests">Sends.</param>
    /// <param name="assets">Numbers of symbols.</param>
    /// <param name="signer">Signs.</param>
    /// <param name="decoder">Reads answers.</param>
    public OrderDesk(
        OrderDeskSettings settings,
        IRequestDesk requests,
        IAssetLookup assets,
        ActionSigner signer,
        AnswerDecoder decoder
    )
    {
        _settings = settings;
        _requests = requests;
        _assets = assets;
        _decoder = decoder;
        _nonces = new NonceSource(_clock);
        _time = new VenueTimeQuestion(settings, requests, _clock);
        _memory = new OrderMemory(settings);
        _actions = new ActionQueue(settings, requests, signer, _nonces, _clock, decoder);
        _inquiries = new Inquiries(settings, requests, _clock, _time, _memory, decoder);
        _followUps = new FollowUps(settings, requests, _memory, decoder, Tell);
        _submitter = new Submitter(settings, assets, _memory, _actions, _inquiries, _followUps);
    }

    /// <inheritdoc/>
    public long NextDueMonotonicMs
    {
        get
        {
            long due = Math.Min(_dueAtOnceMs, Math.Min(_actions.NextDueMonotonicMs, _nonces.NextDueMonotonicMs));
            due = Math.Min(due, Math.Min(_inquiries.NextDueMonotonicMs, _followUps.NextDueMonotonicMs));
            return _actions.IsWaiting && !_clock.IsKnown && !_time.IsAsking ? Math.Min(due, _time.NextMs) : due;
        }
    }

    /// <summary>How many orders are of unknown outcome.</summary>
    public int UnknownOrders => _inquiries.Count;

    /// <summary>How many orders are remembered in any way.</summary>
    public int Remembered => _memory.Count;

    /// <inheritdoc/>
    public void Start(long nonceFloor, in Now now, IEffectSink<SessionEffect> effects)
    {
        _startMs = now.MonotonicMs;
        _nonces.Start(nonceFloor);
        Tick(now, effects);
        _time.Ask(now, Tick);
    }

    /// <inheritdoc/>
    public void NonceBlockSaved(long upTo, in Now now, IEffectSink<SessionEffect> effects)
    {
        _nonces.Saved(upTo);
        _actions.Pump(now, effects);
    }

    /// <inheritdoc/>
    public bool TryTake(VenueCommand command, in Now now, IEffectSink<SessionEffect> effects)
    {
        switch (command)
        {
            case VenueCommand.Place place:
                _submitter.Place(place, now, effects);
                break;
            case VenueCommand.Modify modify:
                _submitter.Modify(modify, now, effects);
                break;
            case VenueCommand.Cancel cancel:
                Cancel(cancel.Symbol, cancel.Id, venueId: null, now, effects);
                break;
            case VenueCommand.CancelForeign cancel:
                Cancel(cancel.Symbol, default, cancel.VenueId, now, effects);
                break;
            case VenueCommand.SetLeverage leverage:
                SetLeverage(leverage, now, effects);
                break;
            case VenueCommand.ScheduleCancel schedule:
                Schedule(schedule, now, effects);
                break;
            case VenueCommand.QueryOrder query:
                Query(query.Id, now, effects);
                break;
            case VenueCommand.ResolveOrder resolve:
                Resolve(resolve, now, effects);
                break;
            default:
                return false;
        }

        if (_actions.IsWaiting && !_clock.IsKnown)
        {
            _time.Ask(now, Tick);
        }

        return true;
    }

    /// <inheritdoc/>
    public void OrdersChanged(OrderUpdatesMessage message, in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach (OrderState state in message.Orders)
        {
            Tell(state, now, effects);
        }
    }

    /// <inheritdoc/>
    public void FillSeen(UserFill fill, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (ClientOrderId.TryParse(fill.ClientOrderId, out ClientOrderId id) && _memory.TryGet(id, out OrderTrack? track))
        {
            track.FilledSize += fill.Size;
            track.LastFillMs = fill.TimeMs;
            track.VenueId = fill.OrderId;
            _inquiries.FillSeen(track, now, effects);
        }
    }

    /// <inheritdoc/>
    public void VenueTimeHeard(long venueMs, in Now now)
    {
        _clock.Hear(venueMs, now);
        // What waited for it goes with the next tick.
        _dueAtOnceMs = _actions.IsWaiting ? now.MonotonicMs : long.MaxValue;
    }

    /// <inheritdoc/>
    public void SessionLost(in Now now, IEffectSink<SessionEffect> effects) => Tick(now, effects);

    /// <inheritdoc/>
    public void SessionUp(in Now now, IEffectSink<SessionEffect> effects)
    {
        _inquiries.Hurry(now);
        Tick(now, effects);
    }

    /// <inheritdoc/>
    public void Tick(in Now now, IEffectSink<SessionEffect> effects) => Tick((Now)now, effects);

    private void Tick(Now now, IEffectSink<SessionEffect> effects)
    {
        if (_actions.IsWaiting && !_clock.IsKnown)
        {
            _time.Ask(now, Tick);
        }

        _dueAtOnceMs = long.MaxValue;
        _actions.Pump(now, effects);
        _inquiries.Pump(now);
        _followUps.Pump(now);
        _memory.Forget(now);
    }

    private void Tell(OrderState state, Now now, IEffectSink<SessionEffect> effects)
    {
        OrderReport report = _memory.Learn(state, now, out bool isNew);
        if (!isNew)
        {
            return;
        }

        effects.Add(new SessionEffect.Emit(new VenueEvent.OrderChanged(report)));
        _inquiries.Reported(report, now, effects);
        if (
            OrderReports.HasEnded(report.Phase)
            && _memory.TryGet(report.Id, out OrderTrack? track)
            && track.State == OrderTrackState.Live
        )
        {
            _memory.Move(track, OrderTrackState.Ended, now);
        }
    }

    private void Cancel(string symbol, ClientOrderId id, long? venueId, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (!_assets.TryGetAsset(symbol, out int asset))
        {
            VenueEvent.CancelAnswered refused = new(
                id,
                venueId,
                CommandOutcome.Refused,
                RejectCode.UnknownSymbol,
                $"{symbol} is not known"
            );
            effects.Add(new SessionEffect.Emit(refused));
            return;
        }

        ActionJob job = new()
        {
            Class = RequestClass.Cancel,
            Elements = 1,
            Write = writer =>
            {
                if (venueId is { } number)
                {
                    writer.Cancel(asset, number);
                }
                else
                {
                    writer.Cancel(asset, id);
                }
            },
            End = (in Verdict verdict, in Now _, IEffectSink<SessionEffect> to) =>
            {
                (CommandOutcome outcome, RejectCode? code, string? text) = CommandEnds.Cancel(verdict);
                to.Add(new SessionEffect.Emit(new VenueEvent.CancelAnswered(id, venueId, outcome, code, text)));
            },
        };
        _actions.Take(job, now, effects);
    }

    private void SetLeverage(VenueCommand.SetLeverage command, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (!_assets.TryGetAsset(command.Symbol, out int asset))
        {
            string text = $"{command.Symbol} is not known";
            effects.Add(
                new SessionEffect.Emit(
                    new VenueEvent.LeverageAnswered(command.Symbol, command.Leverage, CommandOutcome.Refused, text)
                )
            );
            return;
        }

        ActionJob job = new()
        {
            Class = RequestClass.Order,
            Elements = 1,
            Write = writer => writer.Leverage(asset, command.IsCross, command.Leverage),
            End = (in Verdict verdict, in Now _, IEffectSink<SessionEffect> to) =>
            {
                (CommandOutcome outcome, string? text) = CommandEnds.Plain(verdict);
                to.Add(new SessionEffect.Emit(new VenueEvent.LeverageAnswered(command.Symbol, command.Leverage, outcome, text)));
            },
        };
        _actions.Take(job, now, effects);
    }

    private void Schedule(VenueCommand.ScheduleCancel command, in Now now, IEffectSink<SessionEffect> effects)
    {
        ActionJob job = new()
        {
            Class = RequestClass.Cancel,
            Elements = 1,
            Write = writer => writer.ScheduleCancel(command.AtMs),
            End = (in Verdict verdict, in Now _, IEffectSink<SessionEffect> to) =>
            {
                (CommandOutcome outcome, string? text) = CommandEnds.Plain(verdict);
                to.Add(new SessionEffect.Emit(new VenueEvent.ScheduleAnswered(command.AtMs, outcome, text)));
            },
        };
        _actions.Take(job, now, effects);
    }

    private void Resolve(VenueCommand.ResolveOrder command, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (_memory.TryGet(command.Id, out OrderTrack? known))
        {
            if (known.IsAbsent)
            {
                effects.Add(
                    new SessionEffect.Emit(new VenueEvent.OrderStatusAnswered(known.Id, null, IsProvenAbsent: true, null))
                );
            }
            else if (known.State != OrderTrackState.Unknown)
            {
                Query(command.Id, now, effects);
            }
        }
        else if (_memory.Unsettled >= _settings.MaxUnsettled * 3 / 4)
        {
            Answer(command.Id, null, "too many orders of open outcome", effects);
        }
        else
        {
            OrderTrack track = new(command.Id) { SentVenueMs = command.SentNotBeforeMs, SentMonotonicMs = _startMs };
            _memory.Add(track);
            _inquiries.Open(track, now, effects);
        }
    }

    private void Query(ClientOrderId id, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool isTaken = _requests.Ask(
            RequestClass.Status,
            "/info",
            2,
            0,
            _settings.TimeoutMs,
            _ => InfoBody.OrderStatus(_settings.Account, id.ToString()),
            (in RequestAnswer answer, in Now at, IEffectSink<SessionEffect> to) => Queried(id, answer, at, to)
        );
        if (!isTaken)
        {
            Answer(id, null, "too many requests wait", effects);
        }
    }

    private void Queried(ClientOrderId id, in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (answer.End != RequestEnd.Answered || answer.Status != 200)
        {
            Answer(id, null, answer.End == RequestEnd.Answered ? $"HTTP {answer.Status}" : answer.Reason, effects);
            return;
        }

        DecodeResult<OrderLookup> result = _decoder.OrderStatus(answer.Body.Span);
        if (!result.IsOk)
        {
            Answer(id, null, $"answer not understood: {result.Fault}", effects);
            return;
        }

        OrderReport? report = result.Value.State is { } state ? _memory.Learn(state, now, out _) : null;
        Answer(id, report, error: null, effects);
        if (report is not null)
        {
            _inquiries.Reported(report, now, effects);
        }
    }

    private static void Answer(ClientOrderId id, OrderReport? report, string? error, IEffectSink<SessionEffect> effects) =>
        effects.Add(new SessionEffect.Emit(new VenueEvent.OrderStatusAnswered(id, report, IsProvenAbsent: false, error)));
}
