using System.Buffers;
using System.Threading.Channels;
using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>
/// Hyperliquid as an <see cref="IVenue"/>: drives a <see cref="HyperliquidSession"/> with real connections, clock and disk. One loop hands inputs to
/// the session and its events to the listener; the listener is never called by two threads at once.
/// </summary>
public sealed partial class HyperliquidVenue : IVenue, IAsyncDisposable
{
    private const int MaxArrivals = 4_096;
    private const int RetrySaveMs = 1_000;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private readonly VenueHostOptions _options;
    private readonly IVenueListener _listener;
    private readonly HyperliquidSession _session;
    private readonly NonceFile? _nonces;
    private readonly HttpLine _http;
    private readonly Dictionary<long, SocketLine> _sockets = [];
    private readonly TimerTable _timers = new();
    private readonly Sink _effects = new();
    private readonly Lock _telling = new();
    private readonly long _start;
    private readonly ITimer _alarm;
    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(MaxArrivals) { SingleReader = true }
    );
    private readonly Channel<VenueCommand> _commands;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private long _armedFor = long.MaxValue;
    private bool _hasRung;
    private int _underWay;
    private int _disposed;

    private HyperliquidVenue(VenueHostOptions options, IVenueListener listener, NonceFile? nonces)
    {
        _options = options;
        _listener = listener;
        _nonces = nonces;
        SessionSettings settings = options.Session with { IsMainnet = options.Network.IsMainnet };
        _session = new HyperliquidSession(settings);
        _http = new HttpLine(options.Network, settings.MaxInFlight, options.MaxMessageBytes);
        _commands = Channel.CreateBounded<VenueCommand>(new BoundedChannelOptions(options.MaxCommands) { SingleReader = true });
        _start = options.Time.GetTimestamp();
        _alarm = options.Time.CreateTimer(
            _ =>
            {
                // First the mark, then the wake-up: when the queue is full, the loop looks at the mark after the next arrival.
                Volatile.Write(ref _hasRung, true);
                _arrivals.Writer.TryWrite(default);
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        Capabilities =
            VenueCapabilities.RestingOrders
            | VenueCapabilities.Triggers
            | VenueCapabilities.Brackets
            | VenueCapabilities.Modify
            | VenueCapabilities.ScheduledCancel
            | VenueCapabilities.Funding
            | VenueCapabilities.History
            | VenueCapabilities.Sends;
        _arrivals.Writer.TryWrite(new Arrival(new SessionInput.Started(options.Cursor, nonces?.Bound ?? 0), null));
        _loop = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public string Name => "hyperliquid";

    /// <inheritdoc/>
    public VenueCapabilities Capabilities { get; }

    /// <summary>
    /// Ends after disposal; with the fault when the session or the listener failed, which is a fault of the program. The listener is then told
    /// <see cref="VenueEvent.SessionDown"/> without a retry; what was under way at that moment is unknown, and what the listener had not taken in
    /// comes again when the venue is started anew from the cursor that was kept.
    /// </summary>
    public Task Ended => _loop;

    /// <summary>Connects. Everything that happens is told to the listener.</summary>
    /// <param name="options">What to connect to, and how.</param>
    /// <param name="listener">Hears everything; must not block.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or a signer has no folder and files for its nonces.</exception>
    /// <exception cref="Kedge.Model.KedgeException">Another process signs with the same key (exit 3); the nonce file cannot be used (exit 4).</exception>
    public static HyperliquidVenue Start(VenueHostOptions options, IVenueListener listener)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(listener);
        options.Session.Validate();
        NonceFile? nonces = null;
        if (options.Session.Signer is { } key)
        {
            if (options.StateFolder is not { } folder || options.Files is not { } files)
            {
                throw new ArgumentException(
                    "A signer needs a folder in which its nonces are written down, and the files it is in.",
                    nameof(options)
                );
            }

            nonces = NonceFile.Open(files, folder, Secp256k1.Default.PublicKeyOf(key).ToAddress());
        }

        try
        {
            return new HyperliquidVenue(options, listener, nonces);
        }
        catch
        {
            nonces?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Send(VenueCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (_commands.Writer.TryWrite(command))
        {
            _arrivals.Writer.TryWrite(default);
            return;
        }

        // At once and on this thread: a queue for refusals would need a bound too.
        Tell(
            command,
            _commands.Reader.Completion.IsCompleted || _disposed != 0
                ? "the venue is closed; nothing was sent"
                : "the queue of commands is full; nothing was sent"
        );
    }

    /// <summary>
    /// Closes all connections. Commands not yet taken end as not sent; orders under way end as unknown, unless the answer comes first. What waits for
    /// a place in a budget when the time for closing is over ends without a word: whoever sent it has to take it for unknown.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _commands.Writer.TryComplete();
        _http.Close();
        long began = _options.Time.GetTimestamp();
        while (Volatile.Read(ref _underWay) > 0 && !_loop.IsCompleted && _options.Time.GetElapsedTime(began) < CloseLimit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _options.Time).ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _alarm.DisposeAsync().ConfigureAwait(false);
        foreach (SocketLine socket in _sockets.Values)
        {
            socket.Close();
        }

        _http.Dispose();
        _nonces?.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _arrivals.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                while (!_stopping.IsCancellationRequested && _arrivals.Reader.TryRead(out Arrival arrival))
                {
                    if (arrival.Input is { } input)
                    {
                        Handle(input);
                    }

                    if (arrival.Lent is { } lent)
                    {
                        ArrayPool<byte>.Shared.Return(lent);
                    }

                    while (_commands.Reader.TryRead(out VenueCommand? command))
                    {
                        Handle(new SessionInput.Commanded(command));
                    }

                    FireTimers();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped. What has arrived is still told: the end of an order may be among it.
            _arrivals.Writer.TryComplete();
            while (_arrivals.Reader.TryRead(out Arrival arrival))
            {
                if (arrival.Input is { } input)
                {
                    Handle(input);
                }
            }
        }
        catch (Exception e)
        {
            TellFailure(e);
            throw;
        }
        finally
        {
            // Whatever ended the loop: no command may be left without its outcome.
            _arrivals.Writer.TryComplete();
            _commands.Writer.TryComplete();
            while (_commands.Reader.TryRead(out VenueCommand? command))
            {
                Tell(command, "the venue is closed; nothing was sent");
            }

            foreach (SocketLine socket in _sockets.Values)
            {
                socket.Close();
            }
        }
    }

    /// <summary>Nothing more will come: whoever waits for prices and fills has to know.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "The first failure is the one to be passed on."
    )]
    private void TellFailure(Exception failure)
    {
        try
        {
            lock (_telling)
            {
                string reason = $"the venue failed and is closed: {failure.GetType().Name}: {failure.Message}";
                _listener.On(new VenueEvent.SessionDown(reason, long.MaxValue));
            }
        }
        catch (Exception)
        {
            // The listener fails again.
        }
    }

    private void FireTimers()
    {
        while (_timers.NextDueMs() is { } due)
        {
            long wait = due - ReadNow().MonotonicMs;
            if (wait > 0)
            {
                // Alarms count in coarser ticks than the clock and may ring a little early: then they are set once more.
                if (Interlocked.Exchange(ref _hasRung, false) || due != _armedFor)
                {
                    _armedFor = due;
                    _alarm.Change(TimeSpan.FromMilliseconds(Math.Min(wait, int.MaxValue)), Timeout.InfiniteTimeSpan);
                }

                return;
            }

            _armedFor = long.MaxValue;
            Handle(new SessionInput.TimerFired(_timers.Take()));
        }
    }

    private Now ReadNow() =>
        new((long)_options.Time.GetElapsedTime(_start).TotalMilliseconds, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Handle(SessionInput input)
    {
        if (input is SessionInput.SocketClosed closed)
        {
            _sockets.Remove(closed.Connection);
        }

        Now now = ReadNow();
        _session.Handle(in input, in now, _effects);
        foreach (SessionEffect effect in _effects.Items)
        {
            CarryOut(effect);
        }

        _effects.Items.Clear();
    }

    private void CarryOut(SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.Prices:
                lock (_telling)
                {
                    _session.DeliverPrices(_listener);
                }

                break;
            case SessionEffect.Emit emit:
                lock (_telling)
                {
                    _listener.On(emit.Event);
                }

                break;
            case SessionEffect.SetTimer timer:
                _timers.Set(timer.Id, timer.DueMonotonicMs);
                break;
            case SessionEffect.SendHttp request:
                Interlocked.Increment(ref _underWay);
                _ = AskAsync(request);
                break;
            case SessionEffect.OpenSocket open:
                _sockets[open.Connection] = SocketLine.Open(
                    open.Connection,
                    _options.Network,
                    _options.MaxMessageBytes,
                    BringAsync
                );
                break;
            case SessionEffect.SendSocket send:
                if (_sockets.TryGetValue(send.Connection, out SocketLine? line))
                {
                    line.Send(send.Text);
                }

                break;
            case SessionEffect.CloseSocket close:
                if (_sockets.Remove(close.Connection, out SocketLine? closing))
                {
                    closing.Close();
                }

                break;
            case SessionEffect.SaveNonceBlock save:
                _ = SaveAsync(save.UpTo);
                break;
        }
    }

    private void Tell(VenueCommand command, string why)
    {
        lock (_telling)
        {
            foreach (VenueEvent outcome in NotSent.Outcomes(command, why))
            {
                _listener.On(outcome);
            }
        }
    }

    private sealed class Sink : IEffectSink<SessionEffect>
    {
        internal List<SessionEffect> Items { get; } = [];

        public void Add(in SessionEffect effect) => Items.Add(effect);
    }
}
