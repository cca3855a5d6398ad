using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Trading.Oms;

/// <summary>
/// All intents of the lane that are not over, and the newest of those that are, for fills that come late. Finds them by our id, by the venue's, by symbol.
/// </summary>
internal sealed class IntentBook
{
    /// <summary>Ended intents that are remembered.</summary>
    public const int EndedRemembered = LedgerImage.Recent;

    private readonly Dictionary<ClientOrderId, LaneIntent> _byId = [];
    private readonly Dictionary<long, LaneIntent> _byVenueId = [];
    private readonly Dictionary<string, LaneIntent> _byIntentId = new(StringComparer.Ordinal);
    private readonly List<LaneIntent> _open = [];
    private readonly Queue<LaneIntent> _ended = new();

    /// <summary>Highest sequence given.</summary>
    public long Sequence { get; private set; }

    /// <summary>Intents that are not over, oldest first.</summary>
    public IReadOnlyList<LaneIntent> Open => _open;

    /// <summary>Takes over the highest sequence of a ledger.</summary>
    public void StartAfter(long sequence) => Sequence = Math.Max(Sequence, sequence);

    /// <summary>The next sequence; never given twice.</summary>
    public long NextSequence() => ++Sequence;

    /// <summary>Remembers an intent, open or ended.</summary>
    public void Add(LaneIntent intent)
    {
        _byId.Add(intent.Row.ClientOrderId, intent);
        _byIntentId.Add(intent.Row.IntentId, intent);
        if (intent.VenueOrderId is long venueId)
        {
            _byVenueId[venueId] = intent;
        }

        if (intent.IsTerminal)
        {
            Remember(intent);
        }
        else
        {
            _open.Add(intent);
        }
    }

    /// <summary>The intent of a client order id.</summary>
    public LaneIntent? Find(ClientOrderId id) => id.IsNone ? null : _byId.GetValueOrDefault(id);

    /// <summary>The intent the venue knows under an id of its own.</summary>
    public LaneIntent? Find(long venueOrderId) => _byVenueId.GetValueOrDefault(venueOrderId);

#if PLANTED_BUGS
    public LaneIntent? Newest(Func<LaneIntent, bool> isMeant) => _byId.Values.Where(isMeant).MaxBy(i => i.Row.Sequence);
#endif

    /// <summary>The venue's id of an intent became known.</summary>
    public void Know(LaneIntent intent, long venueOrderId)
    {
        intent.VenueOrderId = venueOrderId;
        _byVenueId[venueOrderId] = intent;
    }

    /// <summary>An intent is over.</summary>
    public void End(LaneIntent intent)
    {
        if (_open.Remove(intent))
        {
            Remember(intent);
        }
    }

    /// <summary>A fill came after the end: it is open again.</summary>
    public void Reopen(LaneIntent intent)
    {
        if (!_open.Contains(intent))
        {
            _open.Add(intent);
        }
    }

    /// <summary>It was never written down nor sent: it never was.</summary>
    public void Forget(LaneIntent intent)
    {
        _open.Remove(intent);
        _byId.Remove(intent.Row.ClientOrderId);
        _byIntentId.Remove(intent.Row.IntentId);
    }

    private void Remember(LaneIntent intent)
    {
        _ended.Enqueue(intent);
        while (_ended.Count > EndedRemembered)
        {
            LaneIntent oldest = _ended.Dequeue();
            if (oldest.IsTerminal && !_open.Contains(oldest))
            {
                _byId.Remove(oldest.Row.ClientOrderId);
                _byIntentId.Remove(oldest.Row.IntentId);
                if (oldest.VenueOrderId is long venueId)
                {
                    _byVenueId.Remove(venueId);
                }
            }
        }
    }
}
