using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Drives a <see cref="FeedServer"/> on a Unix socket: one thread hands it what the feed tells and what clients say, and sends what it writes. Whoever
/// tells it something never waits for a client.
/// </summary>
public sealed class FeedSocketServer : IFeedOutlet, IDisposable
{
    private const int ReceivesAtATime = 16;
    private const int LongestWaitMs = 10_000;
    private const int AcceptRetryMs = 100;
    private const int PublishEveryMs = 1_000;
    private readonly FeedSocketServerOptions _options;
    private readonly SocketPlace _place;
    private readonly FeedServer _server;
    private readonly FeedIntake _intake;
    private readonly long _start;
    private readonly SocketAsyncEventArgs _accept = new();
    private readonly ConcurrentQueue<FeedServerLine> _signals = new();
    private readonly Dictionary<int, FeedServerLine> _lines = [];
    private readonly List<FeedServerLine> _ended = [];
    private readonly Queue<FeedServerLine> _talkative = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private int _accepted;
    private long _acceptAtMs;
    private bool _isAccepting;
    private int _connections;
    private int _disposed;
    private volatile bool _stopping;
    private StrongBox<FeedHealth>? _published;
    private long _publishAtMs;

    private FeedSocketServer(FeedSocketServerOptions options, SocketPlace place)
    {
        _options = options;
        _place = place;
        _start = options.Time.GetTimestamp();
        _server = new FeedServer(options.Server, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), ReadNow());
        _intake = new FeedIntake(options.MaxWaiting);
        _accept.Completed += (_, _) =>
        {
            Volatile.Write(ref _accepted, 1);
            _intake.Wake();
        };
        _thread = new Thread(Run) { Name = "feed serving", IsBackground = true };
    }

    /// <summary>Where it serves.</summary>
    public string SocketPath => _place.Path;

    /// <summary>How feed and serving stood a moment ago, at most ten seconds; null before the first look. May be asked from any thread.</summary>
    public FeedHealth? Health => Volatile.Read(ref _published)?.Value;

    /// <summary>Ends after disposal; with the fault when the server failed, which is a fault of the program.</summary>
    public Task Ended => _done.Task;

    /// <summary>Makes the socket and serves.</summary>
    /// <exception cref="KedgeException">
    /// A bound is out of its range or the path too long (exit 2), another server serves there (exit 3), or the socket cannot be made (exit 4).
    /// </exception>
    public static FeedSocketServer Start(FeedSocketServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Server.Validate();
        SocketPlace place = SocketPlace.Take(options.SocketPath);
        try
        {
            FeedSocketServer server = new(options, place);
            server._thread.Start();
            return server;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs) => _intake.Mid(symbol, mid, MonotonicMs());

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) =>
        _intake.Quote(symbol, bid, ask, venueMs, MonotonicMs());

    /// <inheritdoc/>
    public void Restored(StoredSeries series) => _intake.Event(series);

    /// <inheritdoc/>
    public void Served(FeedEffect.Served served) => _intake.Event(served);

    /// <inheritdoc/>
    public void Told(VenueEvent told)
    {
        if (
            told
            is VenueEvent.SessionUp
                or VenueEvent.SessionDown
                or VenueEvent.StreamAged
                or VenueEvent.Filled
                or VenueEvent.FundingPaid
                or VenueEvent.Transferred
                or VenueEvent.OrderChanged
        )
        {
            _intake.Event(told);
        }
    }

    /// <summary>Tells the clients that it ends, closes their connections and takes the socket away.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stopping = true;
        _intake.Wake();
        _thread.Join();
        foreach (FeedServerLine line in _lines.Values)
        {
            line.Dispose();
        }

        _place.Dispose();
        _accept.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                Turn();
                long now = MonotonicMs();
                long due = Math.Min(_server.NextDueMs(ReadNow()) ?? long.MaxValue, _isAccepting ? long.MaxValue : _acceptAtMs);
                _intake.Wait(_talkative.Count > 0 ? 0 : (int)Math.Clamp(due - now, 0, LongestWaitMs));
            }

            _server.Stop(ReadNow());
            PumpAll();
            _done.TrySetResult();
        }
        catch (Exception fault)
        {
            // The server is in no known state any more: nothing may be served from it.
            _stopping = true;
            foreach (FeedServerLine line in _lines.Values)
            {
                line.Dispose();
            }

            _done.TrySetException(fault);
        }
    }

    private void Turn()
    {
        TakeIn();
        Accept();
        for (int i = _talkative.Count; i > 0; i--)
        {
            FeedServerLine line = _talkative.Dequeue();
            Receive(line, line.Receive());
        }

        while (_signals.TryDequeue(out FeedServerLine? line))
        {
            line.TakeSent();
            Receive(line, line.TakeReceived());
        }

        _server.Tick(ReadNow());
        PumpAll();
        if (MonotonicMs() >= _publishAtMs)
        {
            _publishAtMs = MonotonicMs() + PublishEveryMs;
            Volatile.Write(ref _published, new StrongBox<FeedHealth>(_server.Health(ReadNow())));
        }
    }

    private void TakeIn()
    {
        ReadOnlySpan<FeedIntake.Item> items = _intake.Take(out FeedIntake.LeftOut leftOut);
        Now now = ReadNow();
        foreach (ref readonly FeedIntake.Item item in items)
        {
            switch (item.Kind)
            {
                case FeedIntake.Kind.Mid:
                    _server.Mid((string)item.What, item.First, item.ReceivedMs);
                    break;
                case FeedIntake.Kind.Quote:
                    _server.Quote((string)item.What, item.First, item.Second, item.VenueMs, item.ReceivedMs);
                    break;
                default:
                    TakeIn(item.What, now);
                    break;
            }
        }

        Overrun(FeedChannels.Mids, leftOut.Mids, now);
        Overrun(FeedChannels.Quotes, leftOut.Quotes, now);
        Overrun(FeedChannels.Candles, leftOut.Events, now);
    }

    private void TakeIn(object what, in Now now)
    {
        switch (what)
        {
            case FeedEffect.Served served:
                _server.Candle(served, now);
                break;
            case StoredSeries series:
                _server.Restored(series, now);
                break;
            case VenueEvent told:
                _server.Told(told, now);
                break;
        }
    }

    private void Overrun(FeedChannels channel, long count, in Now now)
    {
        if (count > 0)
        {
            _server.Overrun(channel, count, now);
        }
    }

    private void Accept()
    {
        while (true)
        {
            if (_isAccepting)
            {
                if (Interlocked.Exchange(ref _accepted, 0) == 0)
                {
                    return;
                }

                _isAccepting = false;
                Take();
            }

            if (MonotonicMs() < _acceptAtMs)
            {
                return;
            }

            _accept.AcceptSocket = null;
            _isAccepting = true;
            if (!_place.Listener.AcceptAsync(_accept))
            {
                Volatile.Write(ref _accepted, 1);
            }
        }
    }

    private void Take()
    {
        if (_accept.SocketError != SocketError.Success || _accept.AcceptSocket is not { } socket)
        {
            // Out of descriptors, mostly: that passes when a client goes.
            _acceptAtMs = MonotonicMs() + AcceptRetryMs;
            return;
        }

        FeedServerLine line = new(++_connections, socket, Signal);
        _lines.Add(line.Id, line);
        _server.Connected(line.Id, SocketPlace.IsOwnUser(socket), ReadNow());
        Receive(line, line.Receive());
    }

    private void Signal(FeedServerLine line)
    {
        _signals.Enqueue(line);
        _intake.Wake();
    }

    /// <summary>Hands over what came, and what comes at once after it.</summary>
    private void Receive(FeedServerLine line, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; !bytes.IsEmpty; i++)
        {
            _server.Received(line.Id, bytes, ReadNow());
            if (i == ReceivesAtATime)
            {
                // Others come first; what is there by then is taken with the next look.
                _talkative.Enqueue(line);
                return;
            }

            bytes = line.Receive();
        }
    }

    private void PumpAll()
    {
        foreach (FeedServerLine line in _lines.Values)
        {
            Pump(line);
            if (line.IsBroken || (line.IsSending ? _server.IsDead(line.Id) : _server.IsOver(line.Id)))
            {
                _ended.Add(line);
            }
        }

        foreach (FeedServerLine line in _ended)
        {
            _server.Disconnected(line.Id);
            _lines.Remove(line.Id);
            line.Dispose();
        }

        _ended.Clear();
    }

    private void Pump(FeedServerLine line)
    {
        while (!line.IsSending && !line.IsBroken)
        {
            int bytes = _server.Fill(line.Id, line.Buffer, ReadNow());
            if (bytes == 0)
            {
                return;
            }

            line.Send(bytes);
        }
    }

    private long MonotonicMs() => (long)_options.Time.GetElapsedTime(_start).TotalMilliseconds + 1;

    private Now ReadNow() => new(MonotonicMs(), _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
}
