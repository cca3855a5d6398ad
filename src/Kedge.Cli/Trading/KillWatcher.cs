using Kedge.Cli.Hosting;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>
/// Looks at the kill switches twice a second, apart from everything else, and tells the engine what changed. It reads once when it is made, so that a kill that
/// is set already is known before the engine's first event.
/// </summary>
internal sealed class KillWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);
    private const int MaxLooks = 5;
    private readonly IKillSwitchSource _source;
    private readonly Action<EngineEvent> _tell;
    private readonly Rounds _rounds;
    private KillSwitchReading _last;
    private long _readAt;

    /// <param name="source">What is read.</param>
    /// <param name="tell">Takes readings, from any thread.</param>
    public KillWatcher(IKillSwitchSource source, Action<EngineEvent> tell)
    {
        _source = source;
        _tell = tell;
        _rounds = new Rounds("reading the kill switches", Every, LookAsync);
        _last = source.Read();
        _readAt = Monotonic.NowMs;
        tell(new EngineEvent.KillRead(_last));
    }

    /// <summary>Milliseconds since the last look; more than a few seconds says that the file hangs.</summary>
    public long AgeMs => Monotonic.NowMs - Interlocked.Read(ref _readAt);

    /// <summary>Looks from now on.</summary>
    /// <param name="failed">Takes a sentence about a look that failed; null for nobody.</param>
    public void Start(Action<string>? failed = null) => _rounds.Start(failed);

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private async Task LookAsync(CancellationToken stop)
    {
        KillSwitchReading read = await ReadWholeAsync(stop).ConfigureAwait(false);
        Interlocked.Exchange(ref _readAt, Monotonic.NowMs);
        if (read != _last)
        {
            _last = read;
            _tell(new EngineEvent.KillRead(read));
        }
    }

    /// <summary>Who writes a file empties it first: what has changed counts when it stands still, a tenth of a second later at most.</summary>
    private async Task<KillSwitchReading> ReadWholeAsync(CancellationToken stop)
    {
        KillSwitchReading read = _source.Read();
        for (int i = 0; i < MaxLooks && read != _last; i++)
        {
            await Task.Delay(Settle, stop).ConfigureAwait(false);
            KillSwitchReading again = _source.Read();
            if (again == read)
            {
                break;
            }

            read = again;
        }

        return read;
    }
}
