using System.Diagnostics.CodeAnalysis;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>
/// A venue on paper in front of one that gives prices: market data, instruments and history are the inner venue's, the account is a
/// <see cref="PaperMachine"/>. A command is worked off before <see cref="Send"/> returns, with its events told, except when it comes from inside an
/// event; then right after that event.
/// </summary>
public sealed class PaperVenue : IVenue, IVenueListener, IEffectSink<PaperEffect>
{
    /// <summary>Most inputs that may wait because they came from inside events. Commands beyond it are refused, prices beyond it dropped.</summary>
    public const int MaxWaiting = 4_096;

    /// <summary>Request numbers from here down are the venue's own questions for funding rates.</summary>
    private const long FirstOwnRequest = long.MinValue;

    private const int MaxAsked = 1_024;

    private readonly Lock _lock = new();
    private readonly Queue<PaperInput> _inputs = new();
    private readonly Queue<PaperEffect> _effects = new();
    private readonly Queue<VenueCommand> _questions = new();
    private readonly Dictionary<long, string> _asked = [];
    private readonly PaperMachine _machine;
    private readonly IVenueListener _listener;
    private readonly IPaperStore _store;
    private readonly Func<Now> _clock;
    private readonly IVenue _market;
    private long _nextRequest = FirstOwnRequest;
    private bool _isWorking;

    /// <summary>Makes a paper venue.</summary>
    /// <param name="options">How it fills.</param>
    /// <param name="store">Where its state is kept.</param>
    /// <param name="listener">Who is told.</param>
    /// <param name="clock">The moment, on the clocks that the inner venue stamps prices with.</param>
    /// <param name="market">Makes the inner venue, without an account, with this venue as its listener.</param>
    public PaperVenue(
        PaperOptions options,
        IPaperStore store,
        IVenueListener listener,
        Func<Now> clock,
        Func<IVenueListener, IVenue> market
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(market);
        _store = store;
        _listener = listener;
        _clock = clock;
        _machine = new PaperMachine(options, store.Load());
        _market = market(this);
    }

    /// <inheritdoc/>
    public string Name => "paper";

    /// <inheritdoc/>
    public VenueCapabilities Capabilities =>
        VenueCapabilities.RestingOrders
        | VenueCapabilities.Triggers
        | VenueCapabilities.Modify
        | VenueCapabilities.ScheduledCancel
        | VenueCapabilities.Funding
        | (_market.Capabilities & VenueCapabilities.History);

    /// <summary>Begins: tells again what the listener has not kept.</summary>
    /// <param name="cursor">What it has kept; null for nothing.</param>
    public void Start(AccountCursor? cursor) => Take(PaperInput.Started(cursor));

    /// <summary>Lets time pass. To be called at least once a second.</summary>
    public void Tick() => Take(PaperInput.Ticked());

    /// <inheritdoc/>
    public void Send(VenueCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (
            command
            is VenueCommand.QueryCandles
                or VenueCommand.QueryFundingRates
                or VenueCommand.QueryInstruments
                or VenueCommand.QueryDayVolumes
                or VenueCommand.Subscribe
        )
        {
            _market.Send(command);
            return;
        }

        if (!Take(PaperInput.Commanded(command)))
        {
            foreach (
                VenueEvent refusal in CommandRefusals.Of(command, RejectCode.NotSent, "too many commands from inside events")
            )
            {
                _listener.On(refusal);
            }
        }
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        lock (_lock)
        {
            _listener.Mid(symbol, mid, receivedMonotonicMs);
            Take(PaperInput.Mid(symbol, mid, receivedMonotonicMs));
        }
    }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        lock (_lock)
        {
            _listener.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs);
            Take(PaperInput.Quote(symbol, bid, ask, receivedMonotonicMs));
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent)
    {
        lock (_lock)
        {
            switch (venueEvent)
            {
                case VenueEvent.FundingRatesAnswered rates when _asked.TryGetValue(rates.Request, out string? symbol):
                    if (rates.IsLast)
                    {
                        _asked.Remove(rates.Request);
                    }

                    Take(PaperInput.FundingRates(symbol, rates.Rates));
                    break;
                case VenueEvent.InstrumentsAnswered { Error: null } answer:
                    Take(PaperInput.Instruments(answer.Instruments));
                    _listener.On(answer);
                    break;
                case VenueEvent.InstrumentsAnswered
                or VenueEvent.DayVolumesAnswered
                or VenueEvent.FundingRatesAnswered
                or VenueEvent.CandlesAnswered
                or VenueEvent.CandleChanged
                or VenueEvent.SessionUp
                or VenueEvent.SessionDown
                or VenueEvent.StreamAged
                or VenueEvent.Noted:
                    _listener.On(venueEvent);
                    break;
                default:
                    // Orders and money of an inner account are not those of this one.
                    _listener.On(new VenueEvent.Noted("paper_foreign_event", venueEvent.GetType().Name));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    void IEffectSink<PaperEffect>.Add(in PaperEffect effect) => _effects.Enqueue(effect);

    private bool Take(in PaperInput input)
    {
        bool isTaken = Work(input);
        while (TryTakeQuestion(out VenueCommand? question))
        {
            // Not under the lock: the market may refuse at once, and wait for its own telling thread, which may be waiting for us.
            _market.Send(question);
        }

        return isTaken;
    }

    private bool TryTakeQuestion([NotNullWhen(true)] out VenueCommand? question)
    {
        lock (_lock)
        {
            question = null;
            return !_isWorking && _questions.TryDequeue(out question);
        }
    }

    private bool Work(in PaperInput input)
    {
        lock (_lock)
        {
            if (_inputs.Count >= MaxWaiting)
            {
                return false;
            }

            _inputs.Enqueue(input);
            if (_isWorking)
            {
                return true;
            }

            _isWorking = true;
            try
            {
                while (_inputs.TryDequeue(out PaperInput next))
                {
                    _machine.Handle(next, _clock(), this);
                    while (_effects.TryDequeue(out PaperEffect? effect))
                    {
                        Do(effect);
                    }
                }
            }
            finally
            {
                _isWorking = false;
            }

            return true;
        }
    }

    private void Do(PaperEffect effect)
    {
        switch (effect)
        {
            case PaperEffect.Save save:
                _store.Save(save.State);
                break;
            case PaperEffect.Emit emit:
                _listener.On(emit.Event);
                break;
            case PaperEffect.AskFunding ask:
                // Questions that were never answered must not pile up; what is owed is asked for again.
                if (_asked.Count >= MaxAsked)
                {
                    _asked.Clear();
                }

                long request = _nextRequest++;
                _asked.Add(request, ask.Symbol);
                _questions.Enqueue(new VenueCommand.QueryFundingRates(request, ask.Symbol, ask.FromMs, ask.ToMs));
                break;
        }
    }
}
