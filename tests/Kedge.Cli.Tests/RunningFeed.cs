using System.Diagnostics;
using System.Text.Json;
using Kedge.Cli.Tests.Hosting;

namespace Kedge.Cli.Tests;

/// <summary>A <c>kedge feed run</c> in a process of its own with its health and metrics on a port that was free.</summary>
internal sealed class RunningFeed : IDisposable
{
    private const int LimitMs = 60_000;
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly string _log;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Uri? _url;

    private RunningFeed(Process process, string log)
    {
        _process = process;
        _log = log;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static RunningFeed Start(
        string folder,
        RunningExchange exchange,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        string log = Path.Combine(folder, "feed.jsonl");
        return new RunningFeed(
            KedgeProgram.Start(
                folder,
                environment,
                ["feed", "run", "--url", exchange.Url, "--metrics", "0", "--log", log, "--quiet", .. arguments]
            ),
            log
        );
    }

    /// <summary>Codes of the log so far.</summary>
    public IReadOnlyList<string> Codes() => [.. Log().Select(line => line.GetProperty("code").GetString()!)];

    /// <summary>Lines of the log so far.</summary>
    public IReadOnlyList<JsonElement> Log()
    {
        if (!File.Exists(_log))
        {
            return [];
        }

        using FileStream file = new(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file);
        string[] lines = reader.ReadToEnd().Split('\n');
        return [.. lines.SkipLast(1).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public void WaitFor(Func<bool> done, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            if (_process.HasExited)
            {
                Assert.Fail($"it ended while waiting for {what}: {_error.GetAwaiter().GetResult()}");
            }

            Assert.True(
                Stopwatch.GetElapsedTime(start).TotalMilliseconds < LimitMs,
                $"no {what} within a minute: {string.Join(' ', Codes())}{(_url is null ? "" : $" {Health().Report}")}"
            );
            Thread.Sleep(50);
        }
    }

    /// <summary>Its health: HTTP status and report.</summary>
    public (int Code, JsonElement Report) Health()
    {
        using HttpResponseMessage answer = _client.GetAsync(new Uri(Url(), "/health")).GetAwaiter().GetResult();
        return (
            (int)answer.StatusCode,
            JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement
        );
    }

    public PrometheusReader Metrics() =>
        PrometheusReader.Read(_client.GetStringAsync(new Uri(Url(), "/metrics")).GetAwaiter().GetResult());

    public bool HasReason(string code) =>
        Health().Report.GetProperty("reasons").EnumerateArray().Any(r => r.GetProperty("code").GetString() == code);

    /// <summary>Ends it as a service manager does.</summary>
    public Outcome End()
    {
        using (Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            kill.WaitForExit();
        }

        return KedgeProgram.Finish(_process, _process.StandardOutput.ReadToEnd(), _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _client.Dispose();
    }

    /// <summary>Where its health and metrics are.</summary>
    public Uri Url()
    {
        if (_url is null)
        {
            WaitFor(() => Codes().Contains("metrics"), "address of the metrics");
            string detail = Log().First(l => l.GetProperty("code").GetString() == "metrics").GetProperty("detail").GetString()!;
            _url = new Uri(detail[..detail.IndexOf("health", StringComparison.Ordinal)]);
        }

        return _url;
    }
}
