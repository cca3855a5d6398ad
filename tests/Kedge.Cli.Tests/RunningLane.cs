using System.Diagnostics;
using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary>A <c>kedge trade --json</c> in a process of its own, on a strategy that acts at every tick.</summary>
internal sealed class RunningLane : IDisposable
{
    private const int LimitMs = 150_000;
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Thread _reader;
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _events = [];

    /// <param name="folder">Where it runs.</param>
    /// <param name="exchange">Its venue.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="arguments">Mode, folder and account.</param>
    public RunningLane(
        string folder,
        RunningExchange exchange,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        _process = KedgeProgram.Start(
            folder,
            environment,
            [
                "trade",
                "--url",
                exchange.Url,
                "--json",
                "--interval",
                "1m",
                "--lookback",
                "60",
                "--symbols",
                "BTC",
                "ETH",
                "--set",
                "trade.max_open_positions=5",
                "--set",
                "trade.max_notional_usd_per_order=500",
                "--strategy",
                "in_and_out",
                "--strategy-assembly",
                typeof(InAndOut).Assembly.Location,
                .. arguments,
            ]
        );
        _error = _process.StandardError.ReadToEndAsync();
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>What it told so far.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>What it said to people; after its end.</summary>
    public string Error => _error.GetAwaiter().GetResult();

    public static bool Is(JsonElement told, string kind, string? code = null) =>
        told.GetProperty("event").GetString() == kind
        && (code is null || (told.TryGetProperty("code", out JsonElement c) && c.GetString() == code));

    /// <summary>Waits until it has told enough.</summary>
    public void WaitFor(Func<IReadOnlyList<JsonElement>, bool> done, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done(Events))
        {
            if (_process.HasExited)
            {
                Assert.Fail($"it ended with {_process.ExitCode} while waiting for {what}: {Error}");
            }

            Assert.True(
                Stopwatch.GetElapsedTime(start).TotalMilliseconds < LimitMs,
                $"no {what}: {string.Join('\n', Events.TakeLast(20))}"
            );
            Thread.Sleep(20);
        }
    }

    /// <summary>Exit code, when it ends by itself.</summary>
    public int Code()
    {
        Assert.True(_process.WaitForExit(30_000), "it did not end within half a minute");
        _reader.Join();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _reader.Join();
    }

    /// <summary>SIGTERM; waits for the end.</summary>
    public int Terminate()
    {
        using (Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.True(_process.WaitForExit(30_000), "it did not stop within half a minute");
        _reader.Join();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.EndsWith('}'))
            {
                lock (_gate)
                {
                    _events.Add(JsonDocument.Parse(line).RootElement);
                }
            }
        }
    }
}
