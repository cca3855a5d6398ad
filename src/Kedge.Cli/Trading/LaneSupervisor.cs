using System.Globalization;
using System.Text;
using Kedge.Cli.Hosting;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Cli.Trading;

/// <summary>
/// Watches a running lane: health and metrics, the status file, operators on the socket, what the service manager hears. The manager's watchdog is fed only while the
/// engine's own thread comes round.
/// </summary>
internal sealed class LaneSupervisor : IAsyncDisposable
{
    private const long StatusEveryMs = 5_000;

    // Between two lives the manager hears that it is alive for this long.
    private const long MostBetweenMs = 300_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly LaneOptions _options;
    private readonly LaneLines _lines;
    private readonly ServiceNotify _notify = new(Environment.GetEnvironmentVariable);
    private readonly CancellationTokenSource _stopping = new();
    private MetricsEndpoint? _endpoint;
    private OperatorSocket? _socket;
    private LaneLife? _life;
    private Task _looking = Task.CompletedTask;
    private HealthStatus _health = HealthStatus.Ok;
    private IReadOnlyList<string> _held = [];
    private long _startedAt;
    private long _leftAt;
    private long _statusDueMs;
    private bool _isReady;
    private bool _statusFailed;

    /// <param name="options">The lane.</param>
    /// <param name="lines">Takes what is to be shown.</param>
    public LaneSupervisor(LaneOptions options, LaneLines lines)
    {
        _options = options;
        _lines = lines;
    }

    /// <summary>Answers health and metrics, from before the lane runs.</summary>
    /// <exception cref="KedgeException">The address is in use (exit 4).</exception>
    public async Task ListenAsync()
    {
        if (_options.Metrics is { } address)
        {
            _endpoint = await MetricsEndpoint.StartAsync(address, Judge, Metrics).ConfigureAwait(false);
            _lines.Say("metrics", $"{_endpoint.Url}health and metrics");
        }

        _looking = LookAsync();
    }

    /// <summary>Watches a life from now on.</summary>
    /// <exception cref="KedgeException">The socket for operators cannot be made (exit 2 or 4).</exception>
    public void Watch(LaneLife life)
    {
        OperatorDesk desk = new(life.Host.Ask, life.Host.LookAsync, () => Status(life, "running"), life.Symbols);
        _socket = OperatorSocket.Open(_options.Folder.Socket, desk.AnswerAsync);
        _held = [];
        _startedAt = Monotonic.NowMs;
        Volatile.Write(ref _life, life);
    }

    /// <summary>The life is about to end.</summary>
    /// <param name="isLast">No other follows.</param>
    public async Task LeaveAsync(bool isLast)
    {
        if (isLast)
        {
            _notify.Stopping();
        }

        if (_socket is not null)
        {
            await _socket.DisposeAsync().ConfigureAwait(false);
            _socket = null;
        }

        if (Interlocked.Exchange(ref _life, null) is { } life)
        {
            Interlocked.Exchange(ref _leftAt, Monotonic.NowMs);
            WriteStatus(Status(life, "stopped"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync().ConfigureAwait(false);
        }

        _notify.Dispose();
        _stopping.Dispose();
    }

    private HealthReport Judge() => LaneHealthRules.Judge(Volatile.Read(ref _life), Monotonic.NowMs - _startedAt, _lines.LeftOut);

    private string Metrics() => LaneMetrics.Write(Judge(), Volatile.Read(ref _life), _lines.Alerts);

    private string Status(LaneLife life, string phase)
    {
        HealthReport report = Judge();
        return LaneStatusJson.Write(
            new LaneState
            {
                Lane = _options.Lane,
                Mode = _options.ModeName,
                Account = _options.AccountName,
                Session = life.Session,
                ConfigId = life.ConfigId,
                Phase = phase,
                Health = HealthReport.Word(report.Status),
                Reasons = [.. report.Reasons.Select(r => r.Text)],
                Symbols = life.Symbols,
                IsSessionUp = life.IsSessionUp,
                Engine = life.Snapshot,
                Waiting = life.Host.Waiting,
                MostWaiting = life.Host.MostWaiting,
                CoalescedPrices = life.Host.CoalescedPrices,
                BarsAwaited = life.BarsAwaited,
                Alerts = _lines.Alerts,
            }
        );
    }

    private async Task LookAsync()
    {
        TimeSpan every = _notify.Watchdog is { } limit && limit / 4 < LookEvery ? limit / 4 : LookEvery;
        using PeriodicTimer timer = new(every);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            if (Volatile.Read(ref _life) is { } life)
            {
                Look(life);
            }
            else if (Interlocked.Read(ref _leftAt) is > 0 and long left && Monotonic.NowMs - left < MostBetweenMs)
            {
                _notify.Alive();
            }
        }
    }

    private void Look(LaneLife life)
    {
        HealthReport report = Judge();
        if (report.Status != _health)
        {
            _health = report.Status;
            string reasons = report.Reasons.Count == 0 ? "all is well" : string.Join("; ", report.Reasons.Select(r => r.Text));
            _lines.Note($"health_{HealthReport.Word(report.Status)}", "", reasons);
        }

        if (life.Snapshot is { } engine)
        {
            string status = string.Create(
                CultureInfo.InvariantCulture,
                $"{HealthReport.Word(report.Status)}: {engine.Positions.Count} positions, equity {engine.Equity:F2}{(report.Reasons.Count == 0 ? "" : "; " + report.Reasons[0].Text)}"
            );
            if (!_isReady)
            {
                _isReady = true;
                _notify.Ready(status);
            }

            _notify.Status(status);
            if (!engine.Held.SequenceEqual(_held, StringComparer.Ordinal))
            {
                _held = engine.Held;
                life.Hold(_held);
            }
        }

        if (_notify.Watchdog is { } watchdog && life.Host.RoundAgeMs < watchdog.TotalMilliseconds / 2)
        {
            _notify.Alive();
        }

        if (Monotonic.NowMs >= _statusDueMs)
        {
            _statusDueMs = Monotonic.NowMs + StatusEveryMs;
            WriteStatus(Status(life, "running"));
        }
    }

    /// <summary>A status that cannot be written is told once; the lane goes on, for the ledger is what counts.</summary>
    private void WriteStatus(string status)
    {
        try
        {
            AtomicFile.Write(_options.Folder.Status, stream => stream.Write(Encoding.UTF8.GetBytes(status)));
            _statusFailed = false;
        }
        catch (KedgeException e)
        {
            if (!_statusFailed)
            {
                _statusFailed = true;
                _lines.Say("status_unwritten", e.Message);
            }
        }
    }
}
