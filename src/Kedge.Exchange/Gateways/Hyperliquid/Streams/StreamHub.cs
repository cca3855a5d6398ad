using System.Diagnostics.CodeAnalysis;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>
/// The WebSocket side of the venue (<c>venue-hyperliquid.md</c> §7, §8). It hears what happens while an input is handled and sends it when the
/// gateway flushes: one message for each connection and channel. Books, mids and states are sent as they stand, not more often than their
/// cadence. Snapshots and everything else are oldest first.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The writer writes to memory and holds nothing to release.")]
internal sealed partial class StreamHub : IVenueListener
{
    private const long MinuteMs = 60_000;

    private readonly IVenueState _venue;
    private readonly StreamSettings _settings;
    private readonly ExchangeRandom _random;
    private readonly long _timer;
    private readonly Dictionary<long, StreamConnection> _connections = [];
    private readonly Dictionary<string, StreamCaller> _callers = new(StringComparer.Ordinal);
    private readonly Queue<PendingPost> _posts = [];
    private List<Subscription> _queued = [];
    private List<Subscription> _waiting = [];
    private long _idleDueMs = long.MaxValue;
    private long _armedMs = long.MaxValue;

    /// <summary>A hub without connections.</summary>
    /// <param name="venue">The rest of the gateway.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="seed">For the order of a modify's two updates.</param>
    /// <param name="timer">Id of its one timer among the gateway's.</param>
    public StreamHub(IVenueState venue, StreamSettings settings, ulong seed, long timer)
    {
        _venue = venue;
        _settings = settings;
        _random = new ExchangeRandom(seed);
        _timer = timer;
        _bySymbol = new List<Subscription>[venue.Core.Settings.Instruments.Count];
        for (int i = 0; i < _bySymbol.Length; i++)
        {
            _bySymbol[i] = [];
        }

        _newestOrder = venue.Core.Engine.NewestOrderId;
    }

    /// <summary>Connections that are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>A client opened a connection; it is closed at once when it is one too many.</summary>
    public void Opened(long connection, string caller, in Now now, IEffectSink<GatewayOutput> effects)
    {
        StreamCaller? from = Caller(caller, now.MonotonicMs);
        if (from is null || !from.TryConnect(now.MonotonicMs))
        {
            Log("limit", caller, "too many connections", effects);
            effects.Add(new GatewayOutput.SocketClose(connection, IsAbrupt: false, "Too many connections."));
            return;
        }

        from.Connections++;
        _connections[connection] = new StreamConnection(connection, from, now.MonotonicMs);
        _idleDueMs = Math.Min(_idleDueMs, now.MonotonicMs + _settings.IdleMs);
    }

    /// <summary>The connection ended.</summary>
    public void Closed(long connection)
    {
        if (!_connections.Remove(connection, out StreamConnection? gone))
        {
            return;
        }

        gone.IsOpen = false;
        gone.Caller.Connections--;
        foreach (Subscription subscription in gone.Subscriptions.Values)
        {
            Forget(subscription);
        }

        gone.Subscriptions.Clear();
    }

    /// <summary>Its timer fired: sends what has become due.</summary>
    public void TimerFired(in Now now, IEffectSink<GatewayOutput> effects)
    {
        _armedMs = long.MaxValue;
        Flush(in now, effects);
    }

    /// <summary>Sends what was collected while an input was handled, and what has become due; the gateway calls it once after each.</summary>
    public void Flush(in Now now, IEffectSink<GatewayOutput> effects)
    {
        AnswerPosts(in now, effects);
        (List<Subscription> queued, _queued) = (_queued, _waiting);
        foreach (Subscription subscription in queued)
        {
            if (subscription.Connection.IsOpen && now.MonotonicMs < DueMs(subscription))
            {
                _queued.Add(subscription);
                continue;
            }

            subscription.IsQueued = false;
            if (subscription.Connection.IsOpen && IsOn(subscription))
            {
                Send(subscription, isFirst: false, in now, effects);
            }
        }

        queued.Clear();
        _waiting = queued;
        _newestOrder = Math.Max(_newestOrder, _newestOrderSeen);
        CloseIdle(in now, effects);
        Arm(effects);
    }

    private static bool IsOn(Subscription subscription) =>
        subscription.Connection.Subscriptions.TryGetValue(subscription.Key, out Subscription? held)
        && ReferenceEquals(held, subscription);

    private long DueMs(Subscription subscription)
    {
        long every = subscription.Kind switch
        {
            StreamKind.AllMids => _settings.MidsEveryMs,
            StreamKind.Book => _settings.BookEveryMs,
            StreamKind.Context
            or StreamKind.AccountState
            or StreamKind.OpenOrders
            or StreamKind.AssetData
            or StreamKind.WebData2
            or StreamKind.WebData3
            or StreamKind.AssetContexts
            or StreamKind.AllContexts
            or StreamKind.AllAccountStates => _settings.StateEveryMs,
            _ => 0,
        };
        return every == 0 ? long.MinValue : subscription.SentMs + every;
    }

    private StreamCaller? Caller(string name, long nowMs)
    {
        if (_callers.TryGetValue(name, out StreamCaller? caller))
        {
            return caller;
        }

        if (_callers.Count >= _settings.CallersMax)
        {
            foreach (StreamCaller old in _callers.Values.ToArray())
            {
                if (old.Connections == 0 && old.Posts == 0 && nowMs - old.SeenMs > MinuteMs)
                {
                    _callers.Remove(old.Name);
                }
            }
        }

        if (_callers.Count >= _settings.CallersMax)
        {
            return null;
        }

        caller = new StreamCaller(name, _settings, nowMs);
        _callers.Add(name, caller);
        return caller;
    }

    private void CloseIdle(in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (now.MonotonicMs < _idleDueMs)
        {
            return;
        }

        List<long>? idle = null;
        _idleDueMs = long.MaxValue;
        foreach (StreamConnection connection in _connections.Values)
        {
            long dueMs = connection.SentMs + _settings.IdleMs;
            if (dueMs > now.MonotonicMs)
            {
                _idleDueMs = Math.Min(_idleDueMs, dueMs);
            }
            else
            {
                (idle ??= []).Add(connection.Id);
            }
        }

        foreach (long connection in idle ?? [])
        {
            Close(connection, "Idle.", effects);
        }
    }

    private void Close(long connection, string reason, IEffectSink<GatewayOutput> effects)
    {
        Closed(connection);
        effects.Add(new GatewayOutput.SocketClose(connection, IsAbrupt: false, reason));
    }

    /// <summary>Asks for the timer when something is due earlier than it is set to.</summary>
    private void Arm(IEffectSink<GatewayOutput> effects)
    {
        long dueMs = _idleDueMs;
        foreach (Subscription subscription in _queued)
        {
            dueMs = Math.Min(dueMs, DueMs(subscription));
        }

        if (_posts.TryPeek(out PendingPost post))
        {
            dueMs = Math.Min(dueMs, post.DueMs);
        }

        if (dueMs < _armedMs)
        {
            _armedMs = dueMs;
            effects.Add(new GatewayOutput.SetTimer(_timer, dueMs));
        }
    }

    private void Log(string code, string subject, string detail, IEffectSink<GatewayOutput> effects) =>
        effects.Add(new GatewayOutput.Logged(new GatewayLogEntry(_venue.ToldMs, code, subject, detail)));

    private readonly record struct PendingPost(long DueMs, StreamConnection Connection, ReadOnlyMemory<byte> Answer);
}
