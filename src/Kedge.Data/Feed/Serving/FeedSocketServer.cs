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
    private const int ReceiveBytes = 65_536;
    private const int LongestWaitMs = 10_000;
    private const int AcceptRetryMs = 100;
    private const int PublishEveryMs = 1_000;

    /// <summary>Connections beyond the clients, which are told so and end; more wait to be accepted.</summary>
    private const int MaxRefusing = 64;
    private readonly FeedSocketServerOptions _options;
    private readonly SocketPlace _place;
    private readonly FeedServer _server;
    private readonly FeedIntake _intake;
    private readonly long _start;
    private readonly List<FeedServerLine> _lines = [];
    private readonly List<FeedServerLine> _ended = [];
    private readonly PollEntry[] _entries;
    private readonly int _event;
    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private long _acceptAtMs;
    private ServingPace _pace;
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
        _pace = new ServingPace(options.GatherBelow);
        _event = PosixNative.NewEvent();
        if (_event < 0)
        {
            throw KedgeException.Environment($"{place.Path}: out of file descriptors; allow more, or close some");
        }

        _entries = new PollEntry[MaxRefusing + options.Server.MaxClients + 2];
        _intake = new FeedIntake(options.MaxWaiting, () => PosixNative.Signal(_event));
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
        foreach (FeedServerLine line in _lines)
        {
            line.Dispose();
        }

        // The intake rouses only while the thread sleeps: nothing is written to a number that may soon be another file's.
        PosixNative.CloseEvent(_event);
        _place.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                int taken = TakeIn();
                _server.Tick(ReadNow());
                PumpAll();
                Publish();
                Rest(taken);
                Read();
            }

            _server.Stop(ReadNow());
            PumpAll();
            _done.TrySetResult();
        }
        catch (Exception fault)
        {
            // The server is in no known state any more: nothing may be served from it.
            _stopping = true;
            _intake.Awake();
            foreach (FeedServerLine line in _lines)
            {
                line.Dispose();
            }

            _done.TrySetException(fault);
        }
    }

    private void Publish()
    {
        if (MonotonicMs() >= _publishAtMs)
        {
            _publishAtMs = MonotonicMs() + PublishEveryMs;
            Volatile.Write(ref _published, new StrongBox<FeedHealth>(_server.Health(ReadNow())));
        }
    }

    /// <summary>Waits until a socket or the feed has something, or something is due. After some prices of a trickle, a little while for more of them.</summary>
    private void Rest(int taken)
    {
        long now = MonotonicMs();
        _pace.Took(taken, now);
        if (taken > 0 && _pace.IsTrickle && _options.GatherMs > 0)
        {
            // Prices that come meanwhile do not rouse this thread; clients do.
            Poll(now, _options.GatherMs);
            return;
        }

        long due = Math.Min(_server.NextDueMs(ReadNow()) ?? long.MaxValue, now < _acceptAtMs ? _acceptAtMs : long.MaxValue);
        Poll(now, _intake.TrySleep() ? Math.Clamp(due - now, 0, LongestWaitMs) : 0);
        _intake.Awake();
    }

    /// <summary>Waits for sockets, at most so long.</summary>
    private void Poll(long now, long longestMs)
    {
        bool accepts = now >= _acceptAtMs && _lines.Count < _entries.Length - 2;
        _entries[0] = new PollEntry { Descriptor = _event, Wanted = PosixNative.Readable };
        _entries[1] = new PollEntry
        {
            Descriptor = (int)_place.Listener.Handle,
            Wanted = accepts ? PosixNative.Readable : (short)0,
        };
        for (int i = 0; i < _lines.Count; i++)
        {
            _entries[i + 2] = new PollEntry
            {
                Descriptor = (int)_lines[i].Socket.Handle,
                Wanted = _lines[i].IsSending ? (short)(PosixNative.Readable | PosixNative.Writable) : PosixNative.Readable,
            };
        }

        if (PosixNative.Poll(_entries.AsSpan(0, _lines.Count + 2), (int)longestMs) < 0)
        {
            // Interrupted by a signal: nothing was found.
            Array.Clear(_entries);
        }
    }

    /// <summary>Takes what clients say, who comes, and goes on sending where there is room again.</summary>
    private void Read()
    {
        if (_entries[0].Found != 0)
        {
            PosixNative.Clear(_event);
        }

        for (int i = 0; i < _lines.Count; i++)
        {
            FeedServerLine line = _lines[i];
            short found = _entries[i + 2].Found;
            if ((found & PosixNative.Writable) != 0 && line.IsSending)
            {
                line.SendRest();
            }

            // Also when the other end has gone, which receiving tells.
            if ((found & ~PosixNative.Writable) != 0)
            {
                _server.Received(line.Id, line.Receive(_received), ReadNow());
            }
        }

        if (_entries[1].Found != 0)
        {
            Accept();
        }
    }

    private int TakeIn()
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
        return items.Length;
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
        Socket socket;
        try
        {
            socket = _place.Listener.Accept();
        }
        catch (SocketException e)
        {
            // Whoever came has gone again; or we are out of descriptors, which passes when a client goes.
            bool isNobody =
                e.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionAborted or SocketError.Interrupted;
            _acceptAtMs = isNobody ? 0 : MonotonicMs() + AcceptRetryMs;
            return;
        }

        FeedServerLine line = new(++_connections, socket);
        _lines.Add(line);
        _server.Connected(line.Id, SocketPlace.IsOwnUser(socket), ReadNow());
    }

    private void PumpAll()
    {
        foreach (FeedServerLine line in _lines)
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
            _lines.Remove(line);
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
