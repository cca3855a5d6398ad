using System.Globalization;
using Kedge.Cli.Hosting;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Numbers;
using Kedge.Data.Feed.Quotes;
using Kedge.Data.Feed.Serving;
using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>
/// Watches a running feed: its log, its health and metrics, and what the service manager hears. The manager's watchdog is fed only while both the
/// feed's loop and the thread of its store come round.
/// </summary>
internal sealed class FeedSupervisor : IAsyncDisposable
{
    private const long MaxLogBytes = 64L << 20;
    private const long SummaryEveryMs = 300_000;
    private const long ReadyAtLatestMs = 10_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly FeedMonitoring _options;
    private readonly LogFile? _log;
    private readonly ServiceNotify _notify = new(Environment.GetEnvironmentVariable);
    private readonly CancellationTokenSource _stopping = new();
    private MetricsEndpoint? _endpoint;
    private FeedService? _service;
    private Task _looking = Task.CompletedTask;
    private HealthStatus _health = HealthStatus.Ok;
    private long _summaryDueMs;
    private bool _isReady;

    /// <summary>Opens the log and the database of quotes.</summary>
    /// <exception cref="KedgeException">One cannot be opened (exit 4), or an option is out of its range (exit 2).</exception>
    public FeedSupervisor(FeedMonitoring options)
    {
        _options = options;
        Quotes = options.Quotes is null ? null : new QuoteRecorder(options.Quotes, TimeProvider.System);
        try
        {
            _log = options.Log is { } path ? LogFile.Open(path, MaxLogBytes) : null;
        }
        catch
        {
            Quotes?.Dispose();
            throw;
        }
    }

    /// <summary>Keeps quotes; null when they are not kept.</summary>
    public QuoteRecorder? Quotes { get; }

    /// <summary>How the feed's socket stands; null when it has none.</summary>
    public Func<FeedHealth?>? Serving { get; set; }

    /// <summary>An event, for the log and for a person.</summary>
    public void Note(string code, string text)
    {
        Log(code, "", text);
        if (!_options.Quiet)
        {
            Terminal.Say($"{code}: {text}");
        }
    }

    /// <summary>A bar that was served; revisions go to the log.</summary>
    public void Served(FeedEffect.Served served)
    {
        if (served.Kind == ServedAs.Revised)
        {
            Log(
                "bar_revised",
                $"{served.Symbol} {served.Interval}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Timestamp.Show(served.Bar.OpenMs)}: o {served.Bar.Open} h {served.Bar.High} l {served.Bar.Low} c {served.Bar.Close} v {served.Bar.Volume} n {served.Bar.Trades}, from {served.Source}"
                )
            );
        }
    }

    /// <summary>Watches the feed from now on.</summary>
    /// <exception cref="KedgeException">The address of the metrics is in use (exit 4).</exception>
    public async Task StartAsync(FeedService service, string about)
    {
        _service = service;
        Log("start", "", about);
        if (_options.Metrics is { } address)
        {
            _endpoint = await MetricsEndpoint
                .StartAsync(
                    address,
                    Judge,
                    Metrics,
                    new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal)
                    {
                        ["/series"] = () => FeedSeriesJson.Write(service.Status),
                    }
                )
                .ConfigureAwait(false);
            Log("metrics", "", $"{_endpoint.Url}health and metrics");
            if (!_options.Quiet)
            {
                Terminal.Say($"Health and metrics: {_endpoint.Url}health {_endpoint.Url}metrics");
            }
        }

        _looking = LookAsync();
    }

    /// <summary>The end begins: the manager is told, and the feed writes what it holds.</summary>
    public void Stopping()
    {
        _notify.Stopping();
        Log("stop", "", "stopping");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync().ConfigureAwait(false);
        }

        Quotes?.Dispose();
        if (_service is not null)
        {
            Log("stopped", "", "everything is written");
        }

        if (_log is not null)
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }

        _notify.Dispose();
        _stopping.Dispose();
    }

    private static string LevelOf(string code) =>
        code switch
        {
            "disk_full" or "store_failed" or "health_failing" => "error",
            "down" or "clock_offset" or "not_listed" or "subscription_limit" or "health_degraded" => "warning",
            _ => "info",
        };

    private void Log(string code, string subject, string detail) =>
        _log?.Write(new LogLine(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), code, subject, detail, LevelOf(code)));

    private HealthReport Judge() => FeedHealthRules.Judge(_service!.Numbers, _service.LoopAgeMs, _service.WriterAgeMs);

    private string Metrics() => FeedMetrics.Write(Judge(), _service!.Numbers, Serving?.Invoke(), Quotes);

    private async Task LookAsync()
    {
        TimeSpan every = _notify.Watchdog is { } limit && limit / 4 < LookEvery ? limit / 4 : LookEvery;
        using PeriodicTimer timer = new(every);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            Look(_notify.Watchdog);
        }
    }

    private void Look(TimeSpan? watchdog)
    {
        FeedNumbers? numbers = _service!.Numbers;
        HealthReport report = Judge();
        if (report.Status != _health)
        {
            _health = report.Status;
            string reasons = report.Reasons.Count == 0 ? "all is well" : string.Join("; ", report.Reasons.Select(r => r.Text));
            Log($"health_{HealthReport.Word(report.Status)}", "", reasons);
        }

        if (numbers is null)
        {
            return;
        }

        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"{HealthReport.Word(report.Status)}: {numbers.Symbols} symbols, {numbers.Intervals.Sum(i => i.Missing)} bars missing{(report.Reasons.Count == 0 ? "" : "; " + report.Reasons[0].Text)}"
        );
        if (!_isReady && (numbers.Connections + numbers.Disconnections > 0 || numbers.UptimeMs > ReadyAtLatestMs))
        {
            _isReady = true;
            _notify.Ready(status);
        }

        if (_isReady)
        {
            _notify.Status(status);
        }

        if (watchdog is { } limit)
        {
            double allowedMs = limit.TotalMilliseconds / 2;
            if (_service.LoopAgeMs < allowedMs && _service.WriterAgeMs < allowedMs)
            {
                _notify.Alive();
            }
        }

        if (numbers.UptimeMs >= _summaryDueMs)
        {
            _summaryDueMs = numbers.UptimeMs + SummaryEveryMs;
            Log("summary", "", Summary(numbers));
        }
    }

    private static string Summary(FeedNumbers n) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{n.Intervals.Sum(i => i.Closed)} bars served, {n.Intervals.Sum(i => i.Revised)} revised, {n.Intervals.Sum(i => i.Stored)} stored, {n.Intervals.Sum(i => i.Missing)} missing, {n.Intervals.Sum(i => i.Quarantined)} put aside, {n.Questions} questions, weight {n.Weight}, {n.Disconnections} disconnections"
        );
}
