namespace Kedge.Trading.Engine.Hosting;

/// <summary>
/// What waits for an engine: events in the order they came, of which none is dropped, and of each symbol its newest price. Any thread puts in, one takes out.
/// Prices cost no garbage.
/// </summary>
internal sealed class EngineInbox : IDisposable
{
    private const int FirstCapacity = 256;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly int _maxEvents;
    private readonly PriceTick[] _prices;
    private readonly bool[] _hasPrice;
    private readonly int[] _order;
    private EngineInboxEntry[] _events = new EngineInboxEntry[FirstCapacity];
    private int _first;
    private int _count;
    private int _most;
    private int _priced;
    private long _coalesced;
    private bool _isAsleep;
    private bool _isClosed;

    public EngineInbox(int symbols, int maxEvents)
    {
        _maxEvents = maxEvents;
        _prices = new PriceTick[symbols];
        _hasPrice = new bool[symbols];
        _order = new int[symbols];
    }

    /// <summary>Events that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>The most events that ever waited.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>Prices that a newer one of their symbol took the place of before they were handled.</summary>
    public long Coalesced => Interlocked.Read(ref _coalesced);

    /// <summary>An event came that found no place; nothing is taken since.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>Takes an event in; false when nothing is taken any more.</summary>
    public bool Put(in EngineInboxEntry entry)
    {
        bool isTaken = false;
        bool wakes;
        lock (_gate)
        {
            if (!_isClosed && _count == _maxEvents)
            {
                HasOverflowed = true;
                _isClosed = true;
            }
            else if (!_isClosed)
            {
                if (_count == _events.Length)
                {
                    Grow();
                }

                _events[(_first + _count) & (_events.Length - 1)] = entry;
                _count++;
                _most = Math.Max(_most, _count);
                isTaken = true;
            }

            wakes = Awaken();
        }

        Wake(wakes);
        return isTaken;
    }

    /// <summary>Takes a price in; one of the symbol that still waits and is no newer is replaced.</summary>
    public void Put(in PriceTick price)
    {
        bool wakes;
        lock (_gate)
        {
            int symbol = price.Symbol;
            if (_isClosed || (uint)symbol >= (uint)_prices.Length)
            {
                return;
            }

            if (!_hasPrice[symbol])
            {
                _hasPrice[symbol] = true;
                _order[_priced++] = symbol;
                _prices[symbol] = price;
            }
            else
            {
                _coalesced++;
                ref PriceTick waiting = ref _prices[symbol];
                if (price.ReceivedMs >= waiting.ReceivedMs)
                {
                    // A quote that has not been handled yet stays: it is as old as the moment that both have waited.
                    waiting = price.Bid > 0.0 ? price : price with { Bid = waiting.Bid, Ask = waiting.Ask };
                }
            }

            wakes = Awaken();
        }

        Wake(wakes);
    }

    /// <summary>Takes events out, oldest first.</summary>
    /// <returns>How many.</returns>
    public int Take(Span<EngineInboxEntry> events)
    {
        lock (_gate)
        {
            int taken = Math.Min(events.Length, _count);
            for (int i = 0; i < taken; i++)
            {
                ref EngineInboxEntry entry = ref _events[(_first + i) & (_events.Length - 1)];
                events[i] = entry;
                entry = default;
            }

            _first = (_first + taken) & (_events.Length - 1);
            _count -= taken;
            return taken;
        }
    }

    /// <summary>Takes all prices out, those that have waited longest first.</summary>
    /// <param name="prices">As long as there are symbols.</param>
    /// <returns>How many.</returns>
    public int Take(Span<PriceTick> prices)
    {
        lock (_gate)
        {
            int taken = _priced;
            for (int i = 0; i < taken; i++)
            {
                int symbol = _order[i];
                prices[i] = _prices[symbol];
                _hasPrice[symbol] = false;
            }

            _priced = 0;
            return taken;
        }
    }

    /// <summary>Waits until something is there, at most so long.</summary>
    public void Wait(int milliseconds)
    {
        lock (_gate)
        {
            if (_count > 0 || _priced > 0 || _isClosed)
            {
                return;
            }

            _isAsleep = true;
        }

        _wake.WaitOne(milliseconds);
    }

    /// <summary>Nothing is taken in any more; what waits can still be taken out.</summary>
    public void Close()
    {
        bool wakes;
        lock (_gate)
        {
            _isClosed = true;
            wakes = Awaken();
        }

        Wake(wakes);
    }

    /// <summary>Whether nothing more comes and no event waits.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _isClosed && _count == 0;
            }
        }
    }

    public void Dispose() => _wake.Dispose();

    private bool Awaken()
    {
        bool wakes = _isAsleep;
        _isAsleep = false;
        return wakes;
    }

    private void Wake(bool wakes)
    {
        if (wakes)
        {
            _wake.Set();
        }
    }

    private void Grow()
    {
        EngineInboxEntry[] larger = new EngineInboxEntry[_events.Length * 2];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = _events[(_first + i) & (_events.Length - 1)];
        }

        _events = larger;
        _first = 0;
    }
}
