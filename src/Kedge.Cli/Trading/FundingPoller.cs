using Kedge.Cli.Hosting;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>
/// Asks the venue for funding rates: of three days at the start, then each hour shortly after it. One question at a time; a symbol whose rate does not come is asked
/// for again after a minute, at most five minutes apart.
/// </summary>
internal sealed class FundingPoller : IAsyncDisposable
{
    private const long HourMs = 3_600_000;
    private const long AfterHourMs = 20_000;
    private const long TimeoutMs = 60_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Action<VenueCommand> _send;
    private readonly Action<EngineEvent> _tell;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Series[] _series;
    private readonly Lock _gate = new();
    private readonly Rounds _rounds;
    private Series? _asked;
    private long _request;
    private long _askedAt;

    /// <param name="symbols">Symbols.</param>
    /// <param name="send">Takes questions for the venue.</param>
    /// <param name="tell">Takes rates.</param>
    /// <param name="clock">The time.</param>
    public FundingPoller(IReadOnlyList<string> symbols, Action<VenueCommand> send, Action<EngineEvent> tell, TimeProvider clock)
    {
        _send = send;
        _tell = tell;
        _clock = clock;
        _began = clock.GetTimestamp();
        _rounds = new Rounds("asking for funding rates", Every, AskAsync);
        _series = [.. symbols.Select(s => new Series(s) { LastMs = WallMs - (72 * HourMs) })];
    }

    private long WallMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Asks from now on.</summary>
    /// <param name="failed">Takes a sentence about a round that failed; null for nobody.</param>
    public void Start(Action<string>? failed = null) => _rounds.Start(failed);

    /// <summary>A page of an answer; of questions of others it knows nothing.</summary>
    public void Take(VenueEvent.FundingRatesAnswered page)
    {
        lock (_gate)
        {
            if (_asked is not { } series || page.Request != _request)
            {
                return;
            }

            foreach ((long timeMs, double rate) in page.Rates)
            {
                if (timeMs > series.LastMs)
                {
                    series.LastMs = timeMs;
                    _tell(new EngineEvent.FundingRate(series.Symbol, timeMs, rate));
                }
            }

            if (page.IsLast || page.Error is not null)
            {
                _asked = null;
            }
        }
    }

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private Task AskAsync(CancellationToken stop)
    {
        Ask();
        return Task.CompletedTask;
    }

    /// <summary>Asks, if it is time and nothing is asked already.</summary>
    public void Ask()
    {
        long wall = WallMs;
        long now = (long)_clock.GetElapsedTime(_began).TotalMilliseconds;
        VenueCommand.QueryFundingRates? question = null;
        lock (_gate)
        {
            if (_asked is not null && now - _askedAt < TimeoutMs)
            {
                return;
            }

            long hour = wall / HourMs * HourMs;
            Series? next = Array.Find(_series, s => s.LastMs < hour && wall - hour >= AfterHourMs && now >= s.NotBefore);
            if (next is not null)
            {
                next.WaitMs = Math.Min(300_000, next.AskedForHour == hour ? 2 * next.WaitMs : 60_000);
                next.AskedForHour = hour;
                next.NotBefore = now + next.WaitMs;
                _asked = next;
                _askedAt = now;
                question = new VenueCommand.QueryFundingRates(++_request, next.Symbol, next.LastMs + 1, wall);
            }
        }

        if (question is not null)
        {
            _send(question);
        }
    }

    private sealed class Series(string symbol)
    {
        public string Symbol { get; } = symbol;

        public long LastMs { get; set; }

        public long NotBefore { get; set; }

        public long WaitMs { get; set; } = 60_000;

        public long AskedForHour { get; set; }
    }
}
