using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Sends requests, most urgent class first, within two budgets: weight per minute of the IP address, and actions of the account. Exits and cancels
/// may use a part of both that others may not. After "too many requests" everything pauses, then goes on one request at a time, the most urgent
/// first; exits and cancels pause for a second only, and have a place of their own that no question can hold. Of each class a bounded number waits.
/// </summary>
internal sealed class RequestDesk : IRequestDesk
{
    private const int FirstPauseMs = 1_000;
    private const int LongestPauseMs = 30_000;
    private const int GraceMs = 5_000;
    private const int UrgentSlots = 2;

    private static readonly int Classes = Enum.GetValues<RequestClass>().Length;

    private readonly SessionSettings settings;
    private readonly Queue<Waiting>[] queues;
    private readonly Dictionary<long, Sent> inFlight = [];
    private readonly WeightWindow window;
    private readonly int reserve;
    private long nextRequest = 1;
    private long pausedUntilMs = long.MinValue;
    private long urgentPausedUntilMs = long.MinValue;
    private int urgentInFlight;
    private int pauseMs;
    private int settled;
    private bool isDirty;

    public RequestDesk(SessionSettings settings)
    {
        this.settings = settings;
        window = new WeightWindow((int)Math.Floor(settings.WeightPerMinute * settings.WeightShare));
        reserve = (int)Math.Floor(window.Budget * settings.WeightReserve);
        Actions = new ActionBudget(settings.ActionReserve);
        queues = new Queue<Waiting>[Classes];
        for (int i = 0; i < Classes; i++)
        {
            queues[i] = new Queue<Waiting>();
        }
    }

    /// <summary>Actions of the account.</summary>
    public ActionBudget Actions { get; }

    /// <summary>Weight used in the last minute.</summary>
    public int WeightUsed => window.Used;

    /// <summary>Weight that may be used in a minute.</summary>
    public int WeightBudget => window.Budget;

    /// <summary>Requests that wait.</summary>
    public int Queued => queues.Sum(q => q.Count);

    /// <summary>Requests under way.</summary>
    public int InFlight => inFlight.Count;

    /// <summary>Answers to requests nobody waits for.</summary>
    public long StrayAnswers { get; private set; }

    /// <summary>Answers "too many requests".</summary>
    public long RateLimited { get; private set; }

    /// <summary>When <see cref="Pump"/> is to be called next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueMonotonicMs { get; private set; } = long.MaxValue;

    /// <summary>Whether it is to be called at once.</summary>
    public bool HasNews => isDirty;

    /// <inheritdoc/>
    public bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int addressActions,
        int timeoutMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    ) => Ask(cls, path, weight, 0, addressActions, timeoutMs, timeoutMs, build, done);

    /// <inheritdoc/>
    public bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int items,
        int addressActions,
        int timeoutMs,
        int waitMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    )
    {
        Queue<Waiting> queue = queues[(int)cls];
        if (queue.Count >= settings.MaxQueued)
        {
            return false;
        }

        queue.Enqueue(new Waiting(path, weight, items, addressActions, timeoutMs, waitMs, build, done));
        isDirty = true;
        return true;
    }

    /// <inheritdoc/>
    public void Settle(int items) => settled = items;

    /// <summary>An answer came.</summary>
    public void Answered(SessionInput.HttpAnswered answer, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (answer.Status == 429)
        {
            RateLimited++;
            pauseMs = Math.Clamp(pauseMs * 2, FirstPauseMs, LongestPauseMs);
            pausedUntilMs = now.MonotonicMs + pauseMs;
            urgentPausedUntilMs = now.MonotonicMs + FirstPauseMs;
        }
        else if (inFlight.ContainsKey(answer.Request) && answer.Status < 500)
        {
            pauseMs = 0;
        }

        End(answer.Request, RequestAnswer.Answered(answer.Status, answer.Body), now, effects);
    }

    /// <summary>A request failed.</summary>
    public void Failed(SessionInput.HttpFailed failure, in Now now, IEffectSink<SessionEffect> effects) =>
        End(failure.Request, RequestAnswer.Failed(failure.WasSent, failure.Reason), now, effects);

    /// <summary>Sends what may be sent and gives up what waited too long.</summary>
    public void Pump(in Now now, IEffectSink<SessionEffect> effects)
    {
        isDirty = false;
        window.Advance(now.MonotonicMs);
        GiveUpLost(now, effects);
        foreach (Queue<Waiting> queue in queues)
        {
            GiveUpOld(queue, now, effects);
        }

        for (int i = 0; i < Classes; i++)
        {
            if (!SendFrom((RequestClass)i, now, effects))
            {
                break;
            }
        }

        Schedule(now);
    }

    /// <summary>False when less urgent classes must wait too.</summary>
    private bool SendFrom(RequestClass cls, in Now now, IEffectSink<SessionEffect> effects)
    {
        Queue<Waiting> queue = queues[(int)cls];
        bool isUrgent = cls is RequestClass.Exit or RequestClass.Cancel;
        while (queue.Count > 0)
        {
            Waiting next = queue.Peek();
            if (now.MonotonicMs < (isUrgent ? urgentPausedUntilMs : pausedUntilMs) || !HasSlot(isUrgent))
            {
                return false;
            }

            if (!Actions.Fits(cls, next.Actions, now.MonotonicMs))
            {
                if (isUrgent)
                {
                    return true; // Others, which cost no actions, need not wait.
                }

                queue.Dequeue().Done(RequestAnswer.Dropped("the account's actions are used up"), now, effects);
                continue;
            }

            // A request that asks for more than there is would wait for ever: it is sent when nothing else is counted.
            int weight = next.Weight + next.Items;
            if (!window.Fits(weight, Kept(cls)) && window.Used > 0)
            {
                return false;
            }

            queue.Dequeue();
            Send(cls, next, weight, now, effects);
        }

        return true;
    }

    /// <summary>
    /// Weight a class must leave to more urgent ones. What became of an order matters more than a long page: such questions, which are cheap, are
    /// still asked when others have used up their part.
    /// </summary>
    private int Kept(RequestClass cls) =>
        cls switch
        {
            RequestClass.Exit or RequestClass.Cancel => 0,
            RequestClass.Status => reserve / 2,
            _ => reserve,
        };

    private bool HasSlot(bool isUrgent)
    {
        if (pauseMs > 0)
        {
            return (isUrgent ? urgentInFlight : inFlight.Count) == 0;
        }

        bool isWhole = isUrgent || settings.MaxInFlight <= UrgentSlots;
        return inFlight.Count < (isWhole ? settings.MaxInFlight : settings.MaxInFlight - UrgentSlots);
    }

    private void Send(RequestClass cls, Waiting next, int weight, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (next.Build(now) is not { IsEmpty: false } body)
        {
            next.Done(RequestAnswer.Dropped("could not be made"), now, effects);
            return;
        }

        long request = nextRequest++;
        bool isUrgent = cls is RequestClass.Exit or RequestClass.Cancel;
        window.Take(weight);
        Actions.Take(cls, next.Actions, now.MonotonicMs);
        inFlight.Add(request, new Sent(next, weight, isUrgent, now.MonotonicMs + next.TimeoutMs + GraceMs));
        urgentInFlight += isUrgent ? 1 : 0;
        effects.Add(new SessionEffect.SendHttp(request, next.Path, body, next.TimeoutMs));
    }

    private void End(long request, in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (!inFlight.Remove(request, out Sent? sent))
        {
            StrayAnswers++;
            return;
        }

        isDirty = true;
        urgentInFlight -= sent.IsUrgent ? 1 : 0;
        settled = -1;
        sent.What.Done(answer, now, effects);
        int items = settled >= 0 ? Math.Min(settled, sent.What.Items) : sent.What.Items;
        bool isFree = answer is { End: RequestEnd.Failed, WasSent: false };
        window.End(sent.Weight, isFree ? 0 : sent.What.Weight + items, now.MonotonicMs);
    }

    /// <summary>The driver tells the end of every request; should it not, we do.</summary>
    private void GiveUpLost(in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach ((long request, Sent sent) in inFlight)
        {
            if (sent.GiveUpMs <= now.MonotonicMs)
            {
                End(request, RequestAnswer.Failed(wasSent: true, "no answer"), now, effects);
                isDirty = true;
                return; // The others at the next call, which follows at once.
            }
        }
    }

    private static void GiveUpOld(Queue<Waiting> queue, in Now now, IEffectSink<SessionEffect> effects)
    {
        for (int i = queue.Count; i > 0; i--)
        {
            Waiting waiting = queue.Dequeue();
            if (waiting.SinceMs == long.MinValue)
            {
                waiting.SinceMs = now.MonotonicMs;
            }

            if (now.MonotonicMs - waiting.SinceMs >= waiting.WaitMs)
            {
                waiting.Done(RequestAnswer.Dropped("waited too long for a place in the budget"), now, effects);
            }
            else
            {
                queue.Enqueue(waiting);
            }
        }
    }

    private void Schedule(in Now now)
    {
        long due = long.MaxValue;
        foreach (Sent sent in inFlight.Values)
        {
            due = Math.Min(due, sent.GiveUpMs);
        }

        bool isAnyWaiting = false;
        foreach (Queue<Waiting> queue in queues)
        {
            foreach (Waiting waiting in queue)
            {
                isAnyWaiting = true;
                long since = waiting.SinceMs == long.MinValue ? now.MonotonicMs : waiting.SinceMs;
                due = Math.Min(due, since + waiting.WaitMs);
            }
        }

        if (isAnyWaiting)
        {
            due = Math.Min(due, window.NextFreeMs);
            due = now.MonotonicMs < pausedUntilMs ? Math.Min(due, pausedUntilMs) : due;
            due = now.MonotonicMs < urgentPausedUntilMs ? Math.Min(due, urgentPausedUntilMs) : due;
            due = Actions.RetryMs > now.MonotonicMs ? Math.Min(due, Actions.RetryMs) : due;
        }

        NextDueMonotonicMs = due;
    }

    private sealed class Waiting(
        string path,
        int weight,
        int items,
        int actions,
        int timeoutMs,
        int waitMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    )
    {
        public string Path => path;

        public int Weight => weight;

        public int Items => items;

        public int Actions => actions;

        public int TimeoutMs => timeoutMs;

        public int WaitMs => waitMs;

        public Func<Now, ReadOnlyMemory<byte>?> Build => build;

        public RequestDone Done => done;

        /// <summary>When it began to wait; not yet known before the first look at it, which follows within the same input.</summary>
        public long SinceMs { get; set; } = long.MinValue;
    }

    private sealed record Sent(Waiting What, int Weight, bool IsUrgent, long GiveUpMs);
}
