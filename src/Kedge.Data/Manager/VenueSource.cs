using System.Threading.Channels;
using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>
/// The public API of a venue, asked through its adapter: one question at a time, pages put together, each failure tried again a few times. It is
/// connected at the first question.
/// </summary>
/// <param name="options">How it is asked.</param>
/// <param name="connect">Starts the adapter for a listener. The caller disposes it.</param>
public sealed class VenueSource(VenueSourceOptions options, Func<IVenueListener, ICandleHistory> connect)
    : IDataSource,
        IVenueListener,
        IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    // One question is open at a time and its pages are few, so the queue stays short by itself.
    private readonly Channel<VenueEvent> _answers = Channel.CreateUnbounded<VenueEvent>();
    private ICandleHistory? _venue;
    private string? _down;
    private bool _hasAnswered;
    private long _request;

    /// <inheritdoc/>
    public string Name => "venue";

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <inheritdoc/>
    public bool Serves(DataKind kind, AssetType asset) => asset == AssetType.Perp;

    /// <inheritdoc/>
    public async Task<SourceAnswer> ReadAsync(DataRequest request, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _venue ??= connect(this);
            return request.Kind == DataKind.Candles
                ? await CandlesAsync(request, nowMs, cancellation).ConfigureAwait(false)
                : await RatesAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.CandlesAnswered or VenueEvent.FundingRatesAnswered:
                _answers.Writer.TryWrite(venueEvent);
                break;
            case VenueEvent.SessionDown down:
                Volatile.Write(ref _down, down.Reason);
                break;
        }
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<SourceAnswer> CandlesAsync(DataRequest request, long nowMs, CancellationToken cancellation)
    {
        long length = request.Interval.Ms;
        long kept = ((nowMs / length) - options.KeptBars + 1) * length;
        long from = Math.Max(request.FromMs, kept);
        List<VenueCandle> candles = [];
        string? problem = await AskAsync(
                from,
                request.ToMs,
                (number, start) =>
                    _venue!.Request(new VenueCommand.QueryCandles(number, request.Symbol, request.Interval, start, request.ToMs)),
                told =>
                {
                    VenueEvent.CandlesAnswered page = (VenueEvent.CandlesAnswered)told;
                    candles.AddRange(page.Candles.Where(c => c.OpenMs + length <= nowMs - DataManager.CloseMarginMs));
                    return (page.IsLast, page.Error, page.Candles.Count == 0 ? null : page.Candles[^1].OpenMs + length);
                },
                cancellation
            )
            .ConfigureAwait(false);
        return new SourceAnswer
        {
            Candles = candles,
            Problem = problem,
            Empty = problem is null ? Empty(request, candles, from, kept + length, nowMs - options.SettleMs) : [],
        };
    }

    /// <summary>Bars that the venue would have told had there been any: nothing traded, or the symbol was not listed yet.</summary>
    private List<OpenRange> Empty(DataRequest request, List<VenueCandle> candles, long from, long surelyKept, long settledMs)
    {
        long length = request.Interval.Ms;
        long to = Math.Min(request.ToMs, settledMs / length * length);
        long next = Math.Max(from, surelyKept);
        List<OpenRange> empty = [];
        foreach (VenueCandle bar in candles.OrderBy(c => c.OpenMs))
        {
            if (bar.OpenMs > next)
            {
                empty.Add(new OpenRange(next, Math.Min(bar.OpenMs, to)));
            }

            next = Math.Max(next, bar.OpenMs + length);
        }

        if (to > next && candles.Count > 0)
        {
            empty.Add(new OpenRange(next, to));
        }

        return empty;
    }

    private async Task<SourceAnswer> RatesAsync(DataRequest request, CancellationToken cancellation)
    {
        List<FundingPoint> rates = [];
        string? problem = await AskAsync(
                request.FromMs,
                request.ToMs,
                (number, start) =>
                    _venue!.Request(new VenueCommand.QueryFundingRates(number, request.Symbol, start, request.ToMs)),
                told =>
                {
                    VenueEvent.FundingRatesAnswered page = (VenueEvent.FundingRatesAnswered)told;
                    rates.AddRange(page.Rates.Select(r => new FundingPoint(r.TimeMs, r.Rate)));
                    return (page.IsLast, page.Error, page.Rates.Count == 0 ? null : page.Rates[^1].TimeMs + 1);
                },
                cancellation
            )
            .ConfigureAwait(false);
        return new SourceAnswer { Rates = rates, Problem = problem };
    }

    /// <summary>Asks until the last page; a failure goes on where the pages stopped.</summary>
    /// <returns>Why it is not whole; null when it is.</returns>
    private async Task<string?> AskAsync(
        long from,
        long to,
        Action<long, long> ask,
        Func<VenueEvent, (bool IsLast, string? Error, long? Next)> take,
        CancellationToken cancellation
    )
    {
        for (int attempt = 1; from < to; attempt++)
        {
            long number = ++_request;
            ask(number, from);
            string? error = null;
            while (error is null)
            {
                if (await NextAsync(number, cancellation).ConfigureAwait(false) is not { } told)
                {
                    error = $"no answer within {options.Patience.TotalSeconds} s{(_down is { } why ? $": {why}" : "")}";
                    break;
                }

                (bool isLast, error, long? next) = take(told);
                _hasAnswered |= error is null;
                from = next ?? from;
                if (isLast && error is null)
                {
                    return null;
                }
            }

            // A venue that has never answered and cannot be connected to is not there: its adapter has tried several times.
            if (attempt >= options.Attempts || (!_hasAnswered && Volatile.Read(ref _down) is not null))
            {
                return error;
            }

            await Task.Delay(options.Pause * attempt, cancellation).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<VenueEvent?> NextAsync(long number, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Patience);
        try
        {
            while (true)
            {
                VenueEvent told = await _answers.Reader.ReadAsync(patience.Token).ConfigureAwait(false);
                if (told is VenueEvent.CandlesAnswered c && c.Request == number)
                {
                    return c;
                }

                if (told is VenueEvent.FundingRatesAnswered f && f.Request == number)
                {
                    return f;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
