using Kedge.Cli.Hosting;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>
/// Hears the venue and hands each event to whom it is for: candles, volumes and mids to the hub, funding rates to the poller, everything of the account to the engine.
/// Until there is an engine its events wait here; the bound is the engine's own.
/// </summary>
internal sealed class VenueDesk : IVenueListener
{
    private const int MaxWaiting = 131_072;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private readonly Lock _gate = new();
    private readonly Queue<EngineEvent> _waiting = new();
    private readonly bool _hasAccount;
    private readonly string _where;
    private TaskCompletionSource<VenueEvent>? _asked;
    private Func<VenueEvent, bool> _fits = _ => false;
    private Func<EngineEvent, bool>? _engine;
    private IVenueListener? _hub;
    private string _trouble = "no answer";
    private bool _isUp;

    /// <param name="where">The venue's address, for messages.</param>
    /// <param name="hasAccount">The session has an account whose events the engine hears.</param>
    public VenueDesk(string where, bool hasAccount)
    {
        _where = where;
        _hasAccount = hasAccount;
    }

    /// <summary>Takes pages of funding rates.</summary>
    public Action<VenueEvent.FundingRatesAnswered>? Funding { get; set; }

    /// <summary>Takes what is worth a line in the log.</summary>
    public Action<string, string>? Noted { get; set; }

    /// <summary>Takes a code and a sentence that a person who waits should see.</summary>
    public Action<string, string>? Said { get; set; }

    /// <summary>The session is up.</summary>
    public bool IsUp => Volatile.Read(ref _isUp);

    /// <summary>Hears candles, volumes and mids from now on.</summary>
    public void Attach(IVenueListener hub) => Volatile.Write(ref _hub, hub);

    /// <summary>Hands over what has waited, in order, and everything that comes from now on.</summary>
    public void Attach(Func<EngineEvent, bool> engine)
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out EngineEvent? told))
            {
                engine(told);
            }

            _engine = engine;
        }
    }

    /// <summary>Asks, again and again, until there is an answer.</summary>
    /// <param name="ask">Sends the question.</param>
    /// <param name="fits">Whether an event is the answer; a failed answer does not fit.</param>
    /// <exception cref="KedgeException">There is none within 90 s (exit 4).</exception>
    public async Task<T> AskAsync<T>(Action ask, Func<T, bool> fits)
        where T : VenueEvent
    {
        TaskCompletionSource<VenueEvent> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _fits = e => e is T answer && fits(answer);
            _asked = asked;
        }

        bool isSaid = false;
        long start = Monotonic.NowMs;
        while (Monotonic.NowMs - start < Patience.TotalMilliseconds)
        {
            ask();
            Task first = await Task.WhenAny(asked.Task, Task.Delay(Again, Interruption.Token)).ConfigureAwait(false);
            if (first == asked.Task)
            {
                return (T)await asked.Task.ConfigureAwait(false);
            }

            Interruption.Token.ThrowIfCancellationRequested();
            if (!isSaid)
            {
                isSaid = true;
                Said?.Invoke(
                    "venue_awaited",
                    $"{_where} does not answer yet ({_trouble}); it is asked again for {Patience.TotalSeconds:0} s"
                );
            }
        }

        throw KedgeException.Environment($"{_where} does not answer: {_trouble}; check the network and --url, then start again");
    }

    public void On(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.SessionUp:
                Volatile.Write(ref _isUp, true);
                break;
            case VenueEvent.SessionDown down:
                Volatile.Write(ref _isUp, false);
                _trouble = down.Reason;
                Noted?.Invoke("session_down", down.Reason);
                break;
            case VenueEvent.Noted noted:
                Noted?.Invoke(noted.Code, noted.Text);
                return;
            case VenueEvent.CandlesAnswered or VenueEvent.DayVolumesAnswered:
                Volatile.Read(ref _hub)?.On(venueEvent);
                break;
            case VenueEvent.FundingRatesAnswered rates:
                Funding?.Invoke(rates);
                return;
        }

        lock (_gate)
        {
            if (_asked is { } asked && _fits(venueEvent))
            {
                _asked = null;
                asked.TrySetResult(venueEvent);
            }
            else if (venueEvent is VenueEvent.InstrumentsAnswered { Error: { } error })
            {
                _trouble = error;
            }

            if (IsForEngine(venueEvent))
            {
                Tell(new EngineEvent.Told(venueEvent));
            }
        }
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs) =>
        Volatile.Read(ref _hub)?.Mid(symbol, mid, receivedMonotonicMs);

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    /// <summary>Prices and candles come by the hub. Without an account the session says nothing of orders and money.</summary>
    private bool IsForEngine(VenueEvent venueEvent) =>
        venueEvent switch
        {
            VenueEvent.InstrumentsAnswered => true,
            VenueEvent.CandlesAnswered or VenueEvent.CandleChanged or VenueEvent.DayVolumesAnswered or VenueEvent.StreamAged =>
                false,
            _ => _hasAccount,
        };

    private void Tell(EngineEvent told)
    {
        if (_engine is { } engine)
        {
            engine(told);
        }
        else if (_waiting.Count == MaxWaiting)
        {
            throw new InvalidOperationException($"{MaxWaiting} events of the venue came before the engine was there");
        }
        else
        {
            _waiting.Enqueue(told);
        }
    }
}
