using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Asks <c>/info</c> and reads answers. What fails is asked again after a pause that doubles, as often as the question says.
/// </summary>
internal sealed class InfoDesk(RequestDesk desk, SessionSettings settings)
{
    private const int FirstPauseMs = 500;
    private const int LongestPauseMs = 5_000;

    private readonly List<(long DueMs, Action Again)> later = [];

    /// <summary>Attempts of a question that is asked until it is answered.</summary>
    public const int Always = int.MaxValue;

    /// <summary>When <see cref="Tick"/> is to be called next.</summary>
    public long NextDueMonotonicMs { get; private set; } = long.MaxValue;

    /// <summary>Whether so many questions wait to be asked again that no new ones of commands are to be taken.</summary>
    public bool IsFull => later.Count >= settings.MaxQueued;

    /// <summary>Asks. When the queue is full it is tried again later.</summary>
    public void Ask<T>(InfoQuestion<T> question, in Now now)
        where T : class => Ask(question, 1, now.MonotonicMs);

    /// <summary>Asks again what is due.</summary>
    public void Tick(in Now now)
    {
        if (now.MonotonicMs < NextDueMonotonicMs)
        {
            return;
        }

        for (int i = later.Count - 1; i >= 0; i--)
        {
            if (later[i].DueMs <= now.MonotonicMs)
            {
                Action again = later[i].Again;
                later.RemoveAt(i);
                again();
            }
        }

        Schedule();
    }

    private void Ask<T>(InfoQuestion<T> question, int attempt, long nowMs)
        where T : class
    {
        bool isTaken = desk.Ask(
            question.Class,
            "/info",
            question.Weight,
            question.MaxItemWeight,
            0,
            settings.InfoTimeoutMs,
            question.WaitMs,
            _ => question.IsWanted() ? question.Body : (ReadOnlyMemory<byte>?)null,
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
                Heard(question, attempt, answer, now, effects)
        );
        if (!isTaken)
        {
            // Told later, not within this call.
            later.Add((nowMs + FirstPauseMs, () => Ask(question, attempt, nowMs + FirstPauseMs)));
            Schedule();
        }
    }

    private void Heard<T>(
        InfoQuestion<T> question,
        int attempt,
        in RequestAnswer answer,
        in Now now,
        IEffectSink<SessionEffect> effects
    )
        where T : class
    {
        string error;
        bool isWorthRepeating = true;
        if (answer.End != RequestEnd.Answered)
        {
            error = answer.Reason;
        }
        else if (answer.Status != 200)
        {
            error = $"HTTP {answer.Status}";
            isWorthRepeating = answer.Status is 408 or 429 or >= 500;
            desk.Settle(0);
        }
        else
        {
            DecodeResult<T> result = question.Decode(answer.Body.Span);
            if (result.IsOk)
            {
                desk.Settle(question.ItemWeight(result.Value));
                question.Done(result.Value, null, now, effects);
                return;
            }

            error = result.Fault.ToString();
        }

        if ((isWorthRepeating || question.Attempts == Always) && attempt < question.Attempts && question.IsWanted())
        {
            long due = now.MonotonicMs + Math.Min(LongestPauseMs, FirstPauseMs << Math.Min(attempt - 1, 8));
            later.Add((due, () => Ask(question, attempt + 1, due)));
            Schedule();
            return;
        }

        question.Done(null, error, now, effects);
    }

    private void Schedule()
    {
        long due = long.MaxValue;
        foreach ((long dueMs, _) in later)
        {
            due = Math.Min(due, dueMs);
        }

        NextDueMonotonicMs = due;
    }
}
