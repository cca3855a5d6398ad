using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Actions;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Signs and sends actions. One waits here only while no nonce may be used, and not for ever: then it is refused, with nothing sent. Exits and
/// cancels have the last quarter of the queue to themselves.
/// </summary>
internal sealed class ActionQueue
{
    private const int OrdersPerWeight = 40;

    private readonly OrderDeskSettings _settings;
    private readonly IRequestDesk _requests;
    private readonly ActionSigner _signer;
    private readonly NonceSource _nonces;
    private readonly VenueClock _clock;
    private readonly AnswerDecoder _decoder;
    private readonly ActionWriter _writer = new();
    private long _placements;
    private readonly Queue<ActionJob> _waiting = [];

    /// <summary>A queue.</summary>
    public ActionQueue(
        OrderDeskSettings settings,
        IRequestDesk requests,
        ActionSigner signer,
        NonceSource nonces,
        VenueClock clock,
        AnswerDecoder decoder
    )
    {
        _settings = settings;
        _requests = requests;
        _signer = signer;
        _nonces = nonces;
        _clock = clock;
        _decoder = decoder;
    }

    /// <summary>Whether anything waits for a nonce.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>When the first that waits is refused, monotonic.</summary>
    public long NextDueMonotonicMs
    {
        get
        {
            long due = long.MaxValue;
            foreach (ActionJob job in _waiting)
            {
                due = Math.Min(due, job.DeadlineMs);
            }

            return due;
        }
    }

    /// <summary>Takes an action.</summary>
    public void Take(ActionJob job, in Now now, IEffectSink<SessionEffect> effects)
    {
        job.DeadlineMs = now.MonotonicMs + _settings.NonceWaitMs;
        if (_waiting.Count == 0 && _nonces.CanIssue(now))
        {
            Send(job, now, effects);
        }
        else
        {
            Wait(job, now, effects);
        }

        _nonces.Prepare(now, effects);
    }

    /// <summary>Sends what can be sent, refuses what has waited too long.</summary>
    public void Pump(in Now now, IEffectSink<SessionEffect> effects)
    {
        for (int left = _waiting.Count; left > 0; left--)
        {
            ActionJob job = _waiting.Dequeue();
            if (now.MonotonicMs >= job.DeadlineMs)
            {
                Finish(
                    job,
                    Verdict.NotSent("no nonce may be used: the venue's time or the saved block is missing"),
                    now,
                    effects
                );
            }
            else if (_nonces.CanIssue(now))
            {
                Send(job, now, effects);
            }
            else
            {
                _waiting.Enqueue(job);
            }
        }

        _nonces.Prepare(now, effects);
    }

    private void Wait(ActionJob job, in Now now, IEffectSink<SessionEffect> effects)
    {
        int bound = job.Class is RequestClass.Exit or RequestClass.Cancel ? _settings.MaxWaiting : _settings.MaxWaiting * 3 / 4;
        if (_waiting.Count >= bound)
        {
            Finish(job, Verdict.NotSent("too many actions wait for a nonce"), now, effects);
            return;
        }

        _waiting.Enqueue(job);
    }

    private void Send(ActionJob job, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool isTaken = _requests.Ask(
            job.Class,
            "/exchange",
            1 + job.Elements / OrdersPerWeight,
            job.Elements,
            _settings.TimeoutMs,
            at => Build(job, at),
            (in RequestAnswer answer, in Now at, IEffectSink<SessionEffect> to) => Done(job, answer, at, to)
        );
        if (!isTaken)
        {
            Finish(job, Verdict.NotSent("too many requests wait"), now, effects);
        }
    }

    private ReadOnlyMemory<byte>? Build(ActionJob job, Now now)
    {
        job.LacksNonce = !_nonces.TryNext(now, out long nonce);
        if (job.LacksNonce)
        {
            return null;
        }

        long? expiry = null;
        if (job.Orders.Count > 0)
        {
            long venueMs = _clock.At(now);
            bool isOpenEnded = _settings.OpenEndedEvery > 0 && ++_placements % _settings.OpenEndedEvery == 0;
            int lifeMs = isOpenEnded ? _settings.OpenEndedLifeMs : _settings.OrderLifeMs;
            expiry = isOpenEnded ? null : venueMs + lifeMs;
            foreach (OrderTrack order in job.Orders)
            {
                order.SentVenueMs = venueMs;
                order.SentMonotonicMs = now.MonotonicMs;
                order.LifeMs = lifeMs;
                order.ExpiryMs = venueMs + lifeMs;
            }
        }

        job.Write(_writer);
        return _signer.Seal(_writer, nonce, expiry);
    }

    private void Done(ActionJob job, in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (job.HasEnded)
        {
            return;
        }

        if (answer.End == RequestEnd.Dropped && job.LacksNonce && now.MonotonicMs < job.DeadlineMs)
        {
            job.LacksNonce = false;
            Wait(job, now, effects);
        }
        else
        {
            Finish(job, Verdict.Of(answer, _decoder), now, effects);
        }

        _nonces.Prepare(now, effects);
    }

    private static void Finish(ActionJob job, in Verdict verdict, in Now now, IEffectSink<SessionEffect> effects)
    {
        job.HasEnded = true;
        job.End(verdict, now, effects);
    }
}
