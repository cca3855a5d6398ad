namespace Kedge.Data.Feed.Serving;

/// <summary>
/// What the feed tells, on its way to the server's thread: written by any thread, taken all at once. Neither side waits for the other's work. Beyond its
/// bound prices are left out and counted; other events, of which there are few, have as much room again.
/// </summary>
internal sealed class FeedIntake(int max, Action rouse)
{
    private readonly Lock _gate = new();
    private Item[] _coming = new Item[256];
    private Item[] _taken = new Item[256];
    private int _count;
    private bool _isWoken;
    private bool _hasEvents;
    private bool _getsEvents;
    private bool _isAsleep;
    private long _midsLeftOut;
    private long _quotesLeftOut;
    private long _eventsLeftOut;

    internal enum Kind : byte
    {
        Mid,
        Quote,
        Event,
    }

    internal void Mid(string symbol, double mid, long receivedMs)
    {
        lock (_gate)
        {
            if (_count >= max)
            {
                _midsLeftOut++;
                return;
            }

            Add(new Item(Kind.Mid, symbol, mid, 0.0, 0, receivedMs));
        }
    }

    internal void Quote(string symbol, double bid, double ask, long venueMs, long receivedMs)
    {
        lock (_gate)
        {
            if (_count >= max)
            {
                _quotesLeftOut++;
                return;
            }

            Add(new Item(Kind.Quote, symbol, bid, ask, venueMs, receivedMs));
        }
    }

    internal void Event(object what)
    {
        lock (_gate)
        {
            if (_count >= 2 * max)
            {
                _eventsLeftOut++;
                return;
            }

            _getsEvents = true;
            Add(new Item(Kind.Event, what, 0.0, 0.0, 0, 0));
        }
    }

    /// <summary>Rouses the server's thread, now or when it lies down.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Rouse();
        }
    }

    /// <summary>The server's thread wants to sleep; false when there is something to do. It is roused when something comes.</summary>
    internal bool TrySleep()
    {
        lock (_gate)
        {
            _isAsleep = _count == 0 && !_isWoken;
            _isWoken = false;
            return _isAsleep;
        }
    }

    /// <summary>The server's thread is awake; it need not be roused.</summary>
    internal void Awake()
    {
        lock (_gate)
        {
            _isAsleep = false;
        }
    }

    /// <summary>Everything that came; valid until the next call.</summary>
    internal ReadOnlySpan<Item> Take(out LeftOut leftOut)
    {
        lock (_gate)
        {
            leftOut = new LeftOut(_midsLeftOut, _quotesLeftOut, _eventsLeftOut);
            (_midsLeftOut, _quotesLeftOut, _eventsLeftOut) = (0, 0, 0);
            if (_hasEvents)
            {
                // What was taken is done with; it would be held for as long as its place is not needed.
                Array.Clear(_taken);
            }

            (_coming, _taken) = (_taken, _coming);
            (_hasEvents, _getsEvents) = (_getsEvents, false);
            int count = _count;
            _count = 0;
            return _taken.AsSpan(0, count);
        }
    }

    private void Add(in Item item)
    {
        if (_count == _coming.Length)
        {
            Array.Resize(ref _coming, _coming.Length * 2);
        }

        _coming[_count++] = item;
        Rouse();
    }

    private void Rouse()
    {
        if (_isAsleep)
        {
            _isAsleep = false;
            rouse();
        }
    }

    /// <summary>One thing told. The symbol of a price, or the event.</summary>
    internal readonly record struct Item(Kind Kind, object What, double First, double Second, long VenueMs, long ReceivedMs);

    /// <summary>How much was left out since the last look.</summary>
    internal readonly record struct LeftOut(long Mids, long Quotes, long Events);
}
