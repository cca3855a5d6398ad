using Kedge.Cli.Hosting;
using Kedge.Kernel;
using Kedge.Model.Market;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;

namespace Kedge.Cli.Trading;

/// <summary>
/// Answers an engine's questions for bars from the hub, on a thread of its own: once the look-back of the series has no hole and is fresh, and not before. Until then
/// the engine decides nothing on the symbol.
/// </summary>
internal sealed class LaneBars : IBarSource, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (EngineEffect.LoadBars Wanted, Action<EngineEvent.BarsLoaded> Answer)> _pending = new(
        StringComparer.Ordinal
    );
    private readonly Rounds _rounds;
    private IMarketHub? _hub;

    public LaneBars() => _rounds = new Rounds("handing over bars", Every, AnswerAllAsync);

    /// <summary>Symbols whose bars are still waited for, in ordinal order.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_gate)
            {
                return [.. _pending.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Answers from a hub from now on.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="failed">Takes a sentence about a round that failed; null for nobody.</param>
    public void Start(IMarketHub hub, Action<string>? failed = null)
    {
        _hub = hub;
        _rounds.Start(failed);
    }

    /// <inheritdoc/>
    public void Load(EngineEffect.LoadBars wanted, Action<EngineEvent.BarsLoaded> answer)
    {
        lock (_gate)
        {
            _pending[wanted.Symbol] = (wanted, answer);
        }
    }

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private Task AnswerAllAsync(CancellationToken stop)
    {
        (EngineEffect.LoadBars Wanted, Action<EngineEvent.BarsLoaded> Answer)[] pending;
        lock (_gate)
        {
            pending = [.. _pending.Values];
        }

        foreach ((EngineEffect.LoadBars wanted, Action<EngineEvent.BarsLoaded> answer) in pending)
        {
            if (Read(wanted) is not { } bars)
            {
                continue;
            }

            lock (_gate)
            {
                // A newer question of the symbol waits for its own answer.
                if (_pending.TryGetValue(wanted.Symbol, out var now) && now.Wanted.Request == wanted.Request)
                {
                    _pending.Remove(wanted.Symbol);
                }
            }

            answer(new EngineEvent.BarsLoaded(wanted.Symbol, wanted.Request, bars));
        }

        return Task.CompletedTask;
    }

    private Bar[]? Read(EngineEffect.LoadBars wanted)
    {
        int symbol = _hub!.IndexOf(wanted.Symbol);
        if (symbol < 0 || _hub.Candle(symbol, wanted.Interval) is not { IsComplete: true, IsFresh: true })
        {
            return null;
        }

        VenueCandle[] candles = new VenueCandle[wanted.Bars];
        int count = _hub.CopyBars(symbol, wanted.Interval, candles);
        return [.. candles.AsSpan(0, count).ToArray().Select(BarOf)];
    }

    /// <summary>A candle as the kernel takes it.</summary>
    public static Bar BarOf(VenueCandle candle) =>
        new()
        {
            OpenTimeMs = candle.OpenMs,
            Open = candle.Open,
            High = candle.High,
            Low = candle.Low,
            Close = candle.Close,
            Volume = candle.Volume,
        };
}
