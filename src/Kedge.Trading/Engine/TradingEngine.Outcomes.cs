using System.Globalization;
using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// What becomes of orders. An order ends only by the venue's word, and its intent only once the fills that belong to it are booked.
public sealed unsafe partial class TradingEngine
{
    private void OnTold(VenueEvent told)
    {
        switch (told)
        {
            case VenueEvent.OrderAcked acked:
                OnAcked(acked);
                break;
            case VenueEvent.OrderRejected rejected:
                OnRejected(rejected);
                break;
            case VenueEvent.OrderUnknown unknown:
                OnUnknown(unknown);
                break;
            case VenueEvent.OrderChanged changed:
                OnReport(changed.Order);
                break;
            case VenueEvent.OrderStatusAnswered answered:
                OnStatus(answered);
                break;
            case VenueEvent.LeverageAnswered leverage:
                OnLeverage(leverage);
                break;
            case VenueEvent.CancelAnswered cancel:
                OnCancelled(cancel);
                break;
            case VenueEvent.Filled filled:
                OnFilled(filled);
                break;
            case VenueEvent.FundingPaid paid:
                OnFundingPaid(paid);
                break;
            case VenueEvent.Transferred moved:
                OnTransferred(moved);
                break;
            case VenueEvent.AccountAnswered account:
                OnAccount(account);
                break;
            case VenueEvent.OpenOrdersAnswered orders:
                OnOpenOrders(orders);
                break;
            case VenueEvent.InstrumentsAnswered instruments:
                OnInstruments(instruments);
                break;
            case VenueEvent.SessionUp:
                _sessionUp = true;
                AskVenue();
                ResolveOpen();
                break;
            case VenueEvent.SessionDown down:
                _sessionUp = false;
                Note("session_down", down.Reason);
                break;
        }
    }

    private void OnAcked(VenueEvent.OrderAcked acked)
    {
        if (_intents.Find(acked.Id) is not { } intent)
        {
            return;
        }

        if (acked.VenueId is long id)
        {
            LearnVenueId(intent, id);
        }

        if (intent.IsTerminal)
        {
            // The stream was faster and told of the end.
            return;
        }

        Arrived(intent, isUnknown: false, $"{{\"phase\":\"{acked.Phase}\"}}");
        if (acked.Phase == OrderPhase.Filled)
        {
            Ends(intent, acked.FilledSize, IntentStatus.Filled, $"venue: filled, oid {acked.VenueId}");
        }
    }

    private void OnRejected(VenueEvent.OrderRejected rejected)
    {
        if (_intents.Find(rejected.Id) is not { } intent)
        {
            return;
        }

        if (_settings.Mode == TradingMode.DryLive && intent.Status == IntentStatus.Would)
        {
            FreePlace(intent);
            AfterEnd(intent);
            return;
        }

        if (intent.IsTerminal)
        {
            return;
        }

        IntentStatus status = rejected.Code switch
        {
            RejectCode.NoMatch => IntentStatus.Unfilled,
            RejectCode.Expired => IntentStatus.Expired,
            _ => IntentStatus.Rejected,
        };
        Note("order_refused", $"{intent.Row.Symbol} {intent.Row.Action}: {rejected.Code} {rejected.Text}");
        if (rejected.Code == RejectCode.ReduceOnly && !intent.IsPlaced)
        {
            NothingToReduce(_symbols[intent.Symbol]);
        }

        Ends(intent, 0m, status, $"venue: {rejected.Code}: {rejected.Text}");
    }

    /// <summary>
    /// The venue holds no such position, or not on that side: a fill is missing here. Its account is asked, and exits wait for the answer a little longer
    /// each time instead of being sent every second.
    /// </summary>
    private void NothingToReduce(SymbolDesk desk)
    {
        desk.ExitsRefused = Math.Min(desk.ExitsRefused + 1, 5);
        desk.ExitWaitUntilMs = _now.MonotonicMs + (_settings.Live.ExitRefusedMs >> (5 - desk.ExitsRefused));
        if (_sessionUp && _now.MonotonicMs - _askedVenueMs >= _settings.Live.ExitRefusedMs / 4)
        {
            AskVenue();
        }
    }

    private void OnUnknown(VenueEvent.OrderUnknown unknown)
    {
        if (_intents.Find(unknown.Id) is { IsTerminal: false } intent)
        {
            intent.UnknownSinceMs = _now.MonotonicMs;
            Arrived(intent, isUnknown: true, "{}");
            Note("order_unknown", $"{intent.Row.Symbol} {intent.Row.Action}: {unknown.Reason}");
#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.ReleaseOnTimeout) && intent.IsEntry)
            {
                FreePlace(intent);
            }

            if (
                IsPlanted(PlantedBug.NewIdOnRetry)
                && intent.IsEntry
                && unknown.Reason.StartsWith("HTTP 5", StringComparison.Ordinal)
            )
            {
                OrderAgain(intent);
            }
#endif
            RetryExits();
        }
    }

    /// <summary>The submit came back, one way or the other. Written once as a submit, and as the intent's state.</summary>
    private void Arrived(LaneIntent intent, bool isUnknown, string raw)
    {
        bool isFirst = !intent.WasSent;
        if (intent.Status is IntentStatus.Submitting or IntentStatus.Unknown || (isUnknown && intent.Status == IntentStatus.Sent))
        {
            Change(intent, isUnknown ? IntentStatus.Unknown : IntentStatus.Sent);
        }

        if (!isUnknown)
        {
            intent.UnknownSinceMs = 0;
        }

        if (isFirst)
        {
            _rows.Add(
                new LedgerRow.OrderSubmitted(
                    intent.Row.IntentId,
                    _now.WallMs,
                    intent.Row.Symbol,
                    intent.Row.IsBuy,
                    intent.Row.TimeInForce != TimeInForce.Ioc ? "limit"
                        : intent.IsEntry ? "market_open"
                        : "market_close",
                    intent.Size,
                    intent.Row.ReduceOnly,
                    intent.Row.ClientOrderId,
                    intent.VenueOrderId,
                    isUnknown,
                    raw
                )
            );
        }
    }

    private void OnStatus(VenueEvent.OrderStatusAnswered answered)
    {
        if (_intents.Find(answered.Id) is not { } intent)
        {
            return;
        }

        if (answered.Error is not null)
        {
            // Asked again by the timer.
            intent.AskedMonotonicMs = long.MinValue;
            return;
        }

        if (answered.Order is { } report)
        {
            OnReport(report);
        }
        else if (answered.IsProvenAbsent && !intent.IsTerminal)
        {
            if (intent.Filled > 0m)
            {
                Alert(
                    "absent_but_filled",
                    $"{intent.Row.Symbol}: the venue denies an order of which it told fills: {intent.Row.ClientOrderId}"
                );
                Ends(intent, intent.Filled, IntentStatus.PartialCancelled, "venue: fills told, order denied");
                return;
            }

            Ends(
                intent,
                0m,
                IntentStatus.ProvenAbsent,
                "venue: past its expiry, not found repeatedly, and no fill in a complete page"
            );
        }
    }

    private void OnReport(OrderReport report)
    {
        LaneIntent? intent = _intents.Find(report.Id) ?? _intents.Find(report.VenueId);
        if (intent is null)
        {
            return;
        }

        LearnVenueId(intent, report.VenueId);

        if (intent.IsTerminal || intent.EndedAt is not null)
        {
            return;
        }

        Arrived(intent, isUnknown: false, "{}");
        decimal filled = report.OriginalSize - report.RemainingSize;
        string evidence = string.Create(CultureInfo.InvariantCulture, $"venue: {report.Status}, oid {report.VenueId}");
        if (intent.Rests)
        {
            // It is known where it stands: nothing has to wait for its end.
            _unresolved.Remove(intent);
        }

        switch (report.Phase)
        {
            case OrderPhase.Filled:
                Ends(intent, report.OriginalSize, IntentStatus.Filled, evidence);
                break;
            case OrderPhase.Cancelled:
                IntentStatus cancelled =
                    filled > 0m ? IntentStatus.PartialCancelled
                    : intent.Row.TimeInForce == TimeInForce.Ioc ? IntentStatus.Unfilled
                    : IntentStatus.Cancelled;
#if PLANTED_BUGS
                filled = IsPlanted(PlantedBug.CancelDoesNotWait) ? intent.Filled : filled;
#endif
                Ends(intent, filled, cancelled, evidence);
                break;
            case OrderPhase.Rejected:
                if (!intent.IsPlaced && report.Status.StartsWith("reduceOnly", StringComparison.Ordinal))
                {
                    NothingToReduce(_symbols[intent.Symbol]);
                }

                Ends(intent, 0m, IntentStatus.Rejected, evidence);
                break;
        }
    }

    /// <summary>The venue says that an order has ended, with so much filled. The intent ends when its fills are booked.</summary>
    private void Ends(LaneIntent intent, decimal filled, IntentStatus status, string evidence)
    {
        intent.EndedAt = Math.Max(filled, intent.Filled);
        intent.EndsAs = status;
        intent.Evidence = evidence;
        intent.EndedMonotonicMs = _now.MonotonicMs;
        Finish(intent);
    }

    private void Finish(LaneIntent intent)
    {
        if (intent.IsTerminal || intent.EndedAt is not { } ended || intent.Filled < ended)
        {
            return;
        }

        IntentStatus status = intent.Filled switch
        {
            0m => intent.EndsAs is IntentStatus.PartialCancelled or IntentStatus.Filled ? IntentStatus.Cancelled : intent.EndsAs,
            _ => intent.Filled >= intent.Size ? IntentStatus.Filled : IntentStatus.PartialCancelled,
        };
        bool neverArrived = intent.Status == IntentStatus.Sent && status == IntentStatus.ProvenAbsent;
        Change(intent, neverArrived ? IntentStatus.Cancelled : status, intent.Evidence);
        _rows.Add(new LedgerRow.StateKept(StateKeys.Intent + intent.Row.IntentId, null));
        _intents.End(intent);
        _unresolved.Remove(intent);
        FreePlace(intent);
        if (intent.IsEntry && intent.Filled == 0m && !intent.IsPlaced && !intent.IsStale)
        {
            _symbols[intent.Symbol].BackoffUntilMs = _now.MonotonicMs + _settings.Live.EntryBackoffMs;
        }

        if (intent.IsStale)
        {
            Replace(intent);
        }

        AfterEnd(intent);
    }

    private void AfterEnd(LaneIntent intent)
    {
        if (!intent.IsEntry && intent.Symbol >= 0 && _memory.States[intent.Symbol].Position.IsOpen && intent.Filled < intent.Size)
        {
            // What was to be closed is still held: the next price asks for it again.
            MarkDirty(intent.Symbol);
        }

        TryEnter();
    }

    /// <summary>An intent that was not sent ends.</summary>
    private void Drop(LaneIntent intent, IntentStatus status, string evidence)
    {
        Change(intent, status, evidence);
        _rows.Add(new LedgerRow.StateKept(StateKeys.Intent + intent.Row.IntentId, null));
        _intents.End(intent);
        FreePlace(intent);
        if (intent.IsPlaced)
        {
            ForgetPlaced(intent, evidence);
        }
        else
        {
            _symbols[intent.Symbol].BackoffUntilMs = _now.MonotonicMs + _settings.Live.EntryBackoffMs;
        }

        Note("order_dropped", $"{intent.Row.Symbol} {intent.Row.Action}: {evidence}");
        AfterEnd(intent);
    }

    /// <summary>Something worth remembering that nobody has to act on.</summary>
    private void Note(string code, string text) => _effects.Add(new EngineEffect.Noted(code, text));
}
