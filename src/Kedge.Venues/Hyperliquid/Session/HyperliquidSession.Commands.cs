using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session.Account;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What becomes of commands, and what is due.</summary>
public sealed partial class HyperliquidSession
{
    /// <summary>How long a command waits for the session to be ready.</summary>
    private const long CommandWaitMs = 30_000;

    /// <summary>
    /// Questions, cancels and orders that only reduce are taken whatever the state of the socket, since REST may work without it; before metadata is
    /// known they wait, a bounded number for a bounded time. What could add risk is only taken while the session is up.
    /// </summary>
    private void Take(VenueCommand command, in Now now)
    {
        switch (command)
        {
            case VenueCommand.Subscribe wanted:
                subscriptions.Want(wanted);
                if (link.State == SessionState.CatchingUp)
                {
                    subscriptions.Plan(outlet);
                    watch.Forget(subscriptions.IsOn);
                }

                return;
            case VenueCommand.CursorKept:
                return;
            case var _ when !isStarted:
                Wait(command, now);
                return;
            case VenueCommand.QueryInstruments
            or VenueCommand.QueryDayVolumes
            or VenueCommand.QueryAccount
            or VenueCommand.QueryOpenOrders when info.IsFull:
                Refusals.Tell(command, "too many questions wait", outlet);
                return;
            case VenueCommand.QueryInstruments:
                AskMeta(3, isWaitedFor: true, now);
                return;
            case VenueCommand.QueryDayVolumes:
                AskVolumes(now);
                return;
            case VenueCommand.QueryCandles query:
                histories.Ask(query, now, outlet);
                return;
            case VenueCommand.QueryFundingRates query:
                histories.Ask(query, now, outlet);
                return;
            default:
                TakeOfAccount(command, now);
                return;
        }
    }

    private void TakeOfAccount(VenueCommand command, in Now now)
    {
        switch (command)
        {
            case var _ when account is null:
                Refusals.Tell(command, "the session has no account", outlet);
                return;
            case VenueCommand.QueryAccount:
                account.QueryAccount(now);
                return;
            case VenueCommand.QueryOpenOrders:
                account.QueryOpenOrders(now);
                return;
            case VenueCommand.QueryHistory:
                account.ReadHistory(now);
                return;
            case VenueCommand.QueryOrder when account.Orders is null && info.IsFull:
                Refusals.Tell(command, "too many questions wait", outlet);
                return;
            case VenueCommand.QueryOrder query when account.Orders is null:
                account.QueryOrder(query.Id, now);
                return;
            case var _ when account.Orders is null:
                Refusals.Tell(command, "the session has no signer", outlet);
                return;
            case VenueCommand.ResolveOrder:
                account.Orders.TryTake(command, now, outlet);
                return;
            case var _ when !isUp && MayAddRisk(command):
                Refusals.Tell(command, "the session is not up", outlet);
                return;
            case var _ when !instruments.IsKnown:
                Wait(command, now);
                return;
            default:
                account.Orders.TryTake(command, now, outlet);
                return;
        }
    }

    private static bool MayAddRisk(VenueCommand command) =>
        command switch
        {
            VenueCommand.Place place => place.Orders.Any(o => !o.Intent.ReduceOnly),
            VenueCommand.Modify or VenueCommand.SetLeverage => true,
            _ => false,
        };

    private void Wait(VenueCommand command, in Now now)
    {
        if (waiting.Count >= settings.MaxWaitingCommands)
        {
            Refusals.Tell(command, "too many commands wait", outlet);
            return;
        }

        waiting.Enqueue((command, now.MonotonicMs));
    }

    /// <summary>Does what is due, until nothing is, and sets the timer for what comes next.</summary>
    private void Settle(in Now now)
    {
        long due = NextDue();
        for (int round = 0; due <= now.MonotonicMs && round < MaxRounds; round++)
        {
            Tick(now);
            due = NextDue();
        }

        if (fault is { } refused)
        {
            fault = null;
            notes.Note("undecodable", refused.ToString(), now, outlet);
        }

        if (due < timerMs)
        {
            timerMs = Math.Max(due, now.MonotonicMs + 1);
            outlet.Add(new SessionEffect.SetTimer(TimerId, timerMs));
        }
    }

    private long NextDue()
    {
        if (!isStarted)
        {
            return long.MaxValue;
        }

        if (requests.HasNews || IsReadyToCatchUp || IsReadyForCommands)
        {
            return long.MinValue;
        }

        long due = Math.Min(requests.NextDueMonotonicMs, info.NextDueMonotonicMs);
        due = Math.Min(due, Math.Min(link.NextDueMonotonicMs, subscriptions.NextDueMonotonicMs));
        due = Math.Min(due, Math.Min(watch.NextDueMonotonicMs, account?.NextDueMonotonicMs ?? long.MaxValue));
        due = Math.Min(due, Math.Min(metaDueMs, slowDueMs));
        return waiting.Count > 0 ? Math.Min(due, waiting.Peek().SinceMs + CommandWaitMs) : due;
    }

    private bool IsReadyToCatchUp =>
        !isUp
        && !isCatchingUp
        && instruments.IsKnown
        && link.State == SessionState.CatchingUp
        && subscriptions.IsPlanned
        && subscriptions.IsAccountActive;

    private bool IsReadyForCommands => waiting.Count > 0 && instruments.IsKnown;

    private void Tick(in Now now)
    {
        info.Tick(now);
        if (link.NextDueMonotonicMs <= now.MonotonicMs && link.Tick(now, outlet) is { } dead)
        {
            Down(dead, isClosed: false, now);
        }

        if (
            link.State == SessionState.CatchingUp
            && subscriptions.NextDueMonotonicMs <= now.MonotonicMs
            && subscriptions.Tick(link, now, outlet) is { } problem
        )
        {
            Down(problem, isClosed: false, now);
        }

        TellLostStreams(now);
        if (IsReadyToCatchUp)
        {
            isCatchingUp = true;
            if (account is null)
            {
                CaughtUp(now);
            }
            else
            {
                account.CatchUp((in Now at, IEffectSink<SessionEffect> _) => CaughtUp(at), now);
            }
        }

        TickAccount(now);
        TickRest(now);
        if (requests.HasNews || requests.NextDueMonotonicMs <= now.MonotonicMs)
        {
            requests.Pump(now, outlet);
        }
    }

    /// <summary>A stream that was never acknowledged would else be neither fresh nor stale.</summary>
    private void TellLostStreams(in Now now)
    {
        while (subscriptions.TryTakeLost(out SubscriptionKey key))
        {
            watch.Begin(key, now);
            watch.Wrong(key, now, outlet);
        }
    }

    private void TickAccount(in Now now)
    {
        if (account is null)
        {
            return;
        }

        account.Tick(now, outlet);
        if (isUp && account.IsStreamLosing)
        {
            Down("the stream of fills loses fills", isClosed: false, now);
        }
    }

    private void TickRest(in Now now)
    {
        if (watch.Tick(now, outlet))
        {
            account?.Poll(now);
        }

        if (now.MonotonicMs >= metaDueMs)
        {
            AskMeta(3, isWaitedFor: false, now);
        }

        if (now.MonotonicMs >= slowDueMs)
        {
            slowDueMs = now.MonotonicMs + settings.CatchUpSlowMs;
            notes.Note("catch_up_slow", "connected, but not everything is subscribed and read yet", now, outlet);
        }

        while (waiting.Count > 0 && (instruments.IsKnown || waiting.Peek().SinceMs + CommandWaitMs <= now.MonotonicMs))
        {
            VenueCommand command = waiting.Dequeue().Command;
            if (instruments.IsKnown)
            {
                Take(command, now);
            }
            else
            {
                Refusals.Tell(command, "the venue's instruments are not known", outlet);
            }
        }
    }
}
