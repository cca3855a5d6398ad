using Kedge.Conformance.Ledgers;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>Hears a venue: keeps events in order, books orders and money, and knows whether the session is up. Safe to read from another thread.</summary>
internal sealed class VenueLog : IVenueListener
{
    private const int EventsMax = 200_000;
    private readonly Lock _gate = new();
    private readonly List<VenueEvent> _events = [];

    public AccountLedger Ledger { get; } = new();

    public bool IsUp { get; private set; }

    public int Ups { get; private set; }

    public int Downs { get; private set; }

    public int Mids { get; private set; }

    public int Quotes { get; private set; }

    public Dictionary<string, double> LastMid { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (double Bid, double Ask)> LastQuote { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps the cursor, after its event was booked.</summary>
    public Action<AccountCursor>? Kept { get; set; }

    /// <summary>Hears every event after it was booked.</summary>
    public Action<VenueEvent>? Heard { get; set; }

    /// <summary>Number of events so far: what comes later has a higher place.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public IReadOnlyList<VenueEvent> Since(int place)
    {
        lock (_gate)
        {
            return _events.GetRange(place, _events.Count - place);
        }
    }

    public T? First<T>(int since, Func<T, bool>? test = null)
        where T : VenueEvent => Since(since).OfType<T>().FirstOrDefault(test ?? (_ => true));

    /// <summary>The program died: what it thought of its connection died with it.</summary>
    public void Died() => IsUp = false;

    public void On(VenueEvent venueEvent)
    {
        lock (_gate)
        {
            if (_events.Count < EventsMax)
            {
                _events.Add(venueEvent);
            }

            switch (venueEvent)
            {
                case VenueEvent.SessionUp:
                    IsUp = true;
                    Ups++;
                    break;
                case VenueEvent.SessionDown:
                    Downs += IsUp ? 1 : 0;
                    IsUp = false;
                    break;
                default:
                    break;
            }

            Ledger.Book(venueEvent);
            AccountCursor? cursor = venueEvent switch
            {
                VenueEvent.Filled filled => filled.Cursor,
                VenueEvent.FundingPaid paid => paid.Cursor,
                VenueEvent.Transferred moved => moved.Cursor,
                _ => null,
            };
            if (cursor is not null)
            {
                Kept?.Invoke(cursor);
            }
        }

        Heard?.Invoke(venueEvent);
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        lock (_gate)
        {
            Mids++;
            LastMid[symbol] = mid;
        }
    }

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        lock (_gate)
        {
            Quotes++;
            LastQuote[symbol] = (bid, ask);
        }
    }
}
