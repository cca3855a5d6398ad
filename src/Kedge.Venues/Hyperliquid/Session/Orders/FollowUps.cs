using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Asks what an order is now, where an answer left it open: an order that was to be replaced, a replacement answered without an id, an order filled
/// in part. The stream tells that too, but a message can be lost. A few tries each, then the stream and the list of open orders have to do.
/// </summary>
internal sealed class FollowUps
{
    private const int MaxOpen = 256;
    private const int MaxTries = 6;
    private const int StatusWeight = 2;

    private readonly OrderDeskSettings _settings;
    private readonly IRequestDesk _requests;
    private readonly OrderMemory _memory;
    private readonly AnswerDecoder _decoder;
    private readonly Action<OrderState, Now, IEffectSink<SessionEffect>> _tell;
    private readonly Dictionary<ClientOrderId, Entry> _open = [];
    private readonly List<ClientOrderId> _due = [];

    /// <summary>None yet.</summary>
    public FollowUps(
        OrderDeskSettings settings,
        IRequestDesk requests,
        OrderMemory memory,
        AnswerDecoder decoder,
        Action<OrderState, Now, IEffectSink<SessionEffect>> tell
    )
    {
        _settings = settings;
        _requests = requests;
        _memory = memory;
        _decoder = decoder;
        _tell = tell;
    }

    /// <summary>When <see cref="Pump"/> is due, monotonic; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueMonotonicMs
    {
        get
        {
            long due = long.MaxValue;
            foreach (Entry entry in _open.Values)
            {
                due = entry.IsAsking ? due : Math.Min(due, entry.DueMs);
            }

            return due;
        }
    }

    /// <summary>Asks about an order a moment later, when the stream had time to tell. Beyond the bound it is left to the stream.</summary>
    public void Open(ClientOrderId id, in Now now)
    {
        if (!id.IsNone && _open.Count < MaxOpen)
        {
            _open[id] = new Entry { DueMs = now.MonotonicMs + _settings.FirstPauseMs };
        }
    }

    /// <summary>Asks what is due.</summary>
    public void Pump(in Now now)
    {
        foreach ((ClientOrderId id, Entry entry) in _open)
        {
            if (!entry.IsAsking && entry.DueMs <= now.MonotonicMs)
            {
                _due.Add(id);
            }
        }

        foreach (ClientOrderId id in _due)
        {
            Ask(id, _open[id], now);
        }

        _due.Clear();
    }

    private void Ask(ClientOrderId id, Entry entry, in Now now)
    {
        bool isKnown =
            _memory.TryGet(id, out OrderTrack? track)
            && (
                track.State is OrderTrackState.Unknown or OrderTrackState.Ended
                || (track.LastReport is { } report && OrderReports.HasEnded(report.Phase))
            );
        if (isKnown || entry.Tries >= MaxTries)
        {
            _open.Remove(id);
            return;
        }

        entry.DueMs = now.MonotonicMs + ((long)_settings.FirstPauseMs << entry.Tries);
        entry.Tries++;
        entry.IsAsking = _requests.Ask(
            RequestClass.Status,
            "/info",
            StatusWeight,
            0,
            _settings.TimeoutMs,
            _ => InfoBody.OrderStatus(_settings.Account, id.ToString()),
            (in RequestAnswer answer, in Now at, IEffectSink<SessionEffect> effects) =>
            {
                entry.IsAsking = false;
                bool isAnswered = answer.End == RequestEnd.Answered && answer.Status == 200;
                if (isAnswered && _decoder.OrderStatus(answer.Body.Span).Value?.State is { } state)
                {
                    if (_open.GetValueOrDefault(id) == entry)
                    {
                        _open.Remove(id);
                    }

                    _tell(state, at, effects);
                }
            }
        );
    }

    private sealed class Entry
    {
        public long DueMs { get; set; }

        public int Tries { get; set; }

        public bool IsAsking { get; set; }
    }
}
