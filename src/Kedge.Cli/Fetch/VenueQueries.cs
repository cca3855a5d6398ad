using System.Threading.Channels;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Cli.Fetch;

/// <summary>Asks a venue one question at a time and hands its pages out as they come.</summary>
internal sealed class VenueQueries : IVenueListener, IAsyncDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // One question is open at a time and its pages are few, so the queue stays short by itself.
    private readonly Channel<VenueEvent> _events = Channel.CreateUnbounded<VenueEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly NetworkEndpoint _network;
    private readonly HyperliquidVenue _venue;
    private string _lastTrouble = "no answer";
    private bool _answered;
    private long _request;

    public VenueQueries(NetworkEndpoint network, double weightShare)
    {
        _network = network;
        _venue = HyperliquidVenue.Start(
            new VenueHostOptions
            {
                Network = network,
                Session = new SessionSettings { WeightShare = weightShare },
            },
            this
        );
    }

    /// <summary>All symbols that trade.</summary>
    public async Task<IReadOnlyList<string>> SymbolsAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            _venue.Send(new VenueCommand.QueryInstruments());
            VenueEvent.InstrumentsAnswered answer = await NextAsync<VenueEvent.InstrumentsAnswered>(_ => true)
                .ConfigureAwait(false);
            if (answer.Error is null && answer.Instruments.Count > 0)
            {
                return [.. answer.Instruments.Select(i => i.Symbol)];
            }

            await AgainAsync(attempt, answer.Error ?? "it has no instruments").ConfigureAwait(false);
        }
    }

    /// <summary>Candles, page by page; a page that has been handed out is not asked for again.</summary>
    public async Task CandlesAsync(
        string symbol,
        Interval interval,
        long fromMs,
        long toMs,
        Action<IReadOnlyList<VenueCandle>, bool> take
    )
    {
        for (int attempt = 1; fromMs < toMs; )
        {
            long request = ++_request;
            _venue.Send(new VenueCommand.QueryCandles(request, symbol, interval, fromMs, toMs));
            while (true)
            {
                VenueEvent.CandlesAnswered page = await NextAsync<VenueEvent.CandlesAnswered>(p => p.Request == request)
                    .ConfigureAwait(false);
                if (page.Error is { } error)
                {
                    await AgainAsync(attempt++, error).ConfigureAwait(false);
                    break;
                }

                take(page.Candles, page.IsLast);
                if (page.IsLast)
                {
                    return;
                }

                attempt = 1;
                fromMs = page.Candles.Count == 0 ? fromMs : page.Candles[^1].OpenMs + interval.Ms;
            }
        }
    }

    /// <summary>Funding rates, likewise.</summary>
    public async Task FundingAsync(string symbol, long fromMs, long toMs, Action<IReadOnlyList<(long TimeMs, double Rate)>> take)
    {
        for (int attempt = 1; fromMs < toMs; )
        {
            long request = ++_request;
            _venue.Send(new VenueCommand.QueryFundingRates(request, symbol, fromMs, toMs));
            while (true)
            {
                VenueEvent.FundingRatesAnswered page = await NextAsync<VenueEvent.FundingRatesAnswered>(p => p.Request == request)
                    .ConfigureAwait(false);
                if (page.Error is { } error)
                {
                    await AgainAsync(attempt++, error).ConfigureAwait(false);
                    break;
                }

                take(page.Rates);
                if (page.IsLast)
                {
                    return;
                }

                attempt = 1;
                fromMs = page.Rates.Count == 0 ? fromMs : page.Rates[^1].TimeMs + 1;
            }
        }
    }

    public void On(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.CandlesAnswered or VenueEvent.FundingRatesAnswered or VenueEvent.InstrumentsAnswered:
                _events.Writer.TryWrite(venueEvent);
                break;
            case VenueEvent.SessionDown down:
                _lastTrouble = down.Reason;
                _events.Writer.TryWrite(down);
                break;
        }
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    public ValueTask DisposeAsync() => _venue.DisposeAsync();

    private async Task<T> NextAsync<T>(Func<T, bool> fits)
        where T : VenueEvent
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Interruption.Token);
        patience.CancelAfter(Patience);
        int downs = 0;
        try
        {
            while (true)
            {
                VenueEvent next = await _events.Reader.ReadAsync(patience.Token).ConfigureAwait(false);
                if (next is T wanted && fits(wanted))
                {
                    _answered = true;
                    return wanted;
                }

                // A venue that has never answered and cannot be connected to twice is not there.
                if (next is VenueEvent.SessionDown && ++downs >= 2 && !_answered)
                {
                    throw Unreachable(_lastTrouble);
                }
            }
        }
        catch (OperationCanceledException) when (!Interruption.Token.IsCancellationRequested)
        {
            throw Unreachable(_lastTrouble);
        }
    }

    private async Task AgainAsync(int attempt, string error)
    {
        _lastTrouble = error;
        if (attempt >= Attempts)
        {
            throw Unreachable(error);
        }

        await Task.Delay(Pause * attempt, Interruption.Token).ConfigureAwait(false);
    }

    private KedgeException Unreachable(string why) =>
        KedgeException.Environment(
            $"{_network.Rest.Authority} does not answer: {why}; check the network and --url, then run the same command again: it goes on where it stopped"
        );
}
