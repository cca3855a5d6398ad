namespace Kedge.Data.Feed;

/// <summary>
/// What waits for a feed's loop, in order of arrival. Its writers bound how much there can be. What does not hurry wakes the loop a little later, together
/// with what comes meanwhile: a venue tells hundreds of forming candles a second, and nothing waits for them.
/// </summary>
internal sealed class FeedInbox
{
    private const int UnhurriedMs = 20;
    private readonly object _gate = new();
    private readonly Queue<FeedInput> _waiting = new();
    private bool _isUrgent;
    private bool _isClosed;

    /// <summary>Adds one; false when it is closed.</summary>
    internal bool Add(FeedInput input, bool isUrgent = true)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _waiting.Enqueue(input);
            if (isUrgent)
            {
                Rouse();
            }
            else if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    internal bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FeedInput? input)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out input);
        }
    }

    /// <summary>Waits until there is something, at most so long. One thread alone.</summary>
    internal void Wait(long milliseconds)
    {
        int longest = (int)Math.Clamp(milliseconds, 0, int.MaxValue);
        lock (_gate)
        {
            if (!_isUrgent && _waiting.Count == 0)
            {
                Monitor.Wait(_gate, longest);
            }

            if (!_isUrgent && _waiting.Count > 0)
            {
                Monitor.Wait(_gate, Math.Min(longest, UnhurriedMs));
            }

            _isUrgent = false;
        }
    }

    /// <summary>Ends the wait, now or when it begins.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            Rouse();
        }
    }

    /// <summary>Takes nothing more.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    private void Rouse()
    {
        if (!_isUrgent)
        {
            _isUrgent = true;
            Monitor.Pulse(_gate);
        }
    }
}
