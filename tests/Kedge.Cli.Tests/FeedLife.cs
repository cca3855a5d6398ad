using System.Diagnostics;

namespace Kedge.Cli.Tests;

/// <summary>A <c>kedge feed run --json</c> in a process of its own. What it says is on disk is remembered beyond its life.</summary>
internal sealed class FeedLife : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Thread _reader;
    private readonly Dictionary<(string Symbol, string Interval, long OpenMs), string> _acknowledged;
    private long _lines;

    /// <param name="folder">Where it runs; its databases are in <c>candles_dbs</c> below.</param>
    /// <param name="exchange">Its venue.</param>
    /// <param name="acknowledged">What this life and earlier ones said is on disk; to be read when the process has ended.</param>
    /// <param name="arguments">Symbols and intervals.</param>
    public FeedLife(
        string folder,
        RunningExchange exchange,
        Dictionary<(string Symbol, string Interval, long OpenMs), string> acknowledged,
        params string[] arguments
    )
    {
        _acknowledged = acknowledged;
        _process = KedgeProgram.Start(folder, ["feed", "run", "--url", exchange.Url, "--json", .. arguments]);
        _error = _process.StandardError.ReadToEndAsync();
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>Bars it has said are on disk, in this life.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    public bool HasEnded => _process.HasExited;

    /// <summary>What it said to people; after its end.</summary>
    public string Error => _error.GetAwaiter().GetResult();

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
        // A line without its end was being written when the process died: it was not told. The bar is on disk all the same, and not counted on.
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.EndsWith('}'))
            {
                (string symbol, string interval, long openMs, string bar) = FeedBars.Line(line);
                _acknowledged[(symbol, interval, openMs)] = bar;
                Interlocked.Increment(ref _lines);
            }
        }
    }
}
