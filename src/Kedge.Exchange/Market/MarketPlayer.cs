using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Market;

/// <summary>
/// Plays the bars of all symbols: each along its own path, as commands for the core, and into the candles. Bars that begin before the start are
/// history. Between them it samples the premium and sets the funding rate, one millisecond before the full hour so that the funding of that
/// hour is paid at it. It asks no clock: how fast it plays is the host's business.
/// </summary>
internal sealed class MarketPlayer
{
    private readonly SymbolPlay[] _plays;
    private readonly MarketSettings _settings;
    private readonly CandleStore _candles;
    private readonly PremiumSampler _premium;
    private readonly long _hourLengthMs;
    private readonly long _startMs;
    private readonly ExchangeCommand[] _commands;
    private bool _hasHistory;
    private int _opened;
    private long _sampleMs;
    private long _hourMs;

    /// <summary>Stands before the first step.</summary>
    /// <param name="exchange">The rules of the exchange.</param>
    /// <param name="series">The bars, at most one series a symbol.</param>
    /// <param name="settings">How they are played.</param>
    /// <param name="candles">Where history and path go.</param>
    /// <param name="startMs">Bars that begin here or later are played, UTC epoch milliseconds.</param>
    /// <exception cref="ArgumentException">A series cannot be played.</exception>
    public MarketPlayer(
        ExchangeSettings exchange,
        IReadOnlyList<MarketSeries> series,
        MarketSettings settings,
        CandleStore candles,
        long startMs
    )
    {
        _settings = settings;
        _candles = candles;
        _premium = new PremiumSampler(exchange, settings);
        _hourLengthMs = exchange.FundingIntervalMs;
        _startMs = startMs;
        if (settings.PremiumEveryMs < 1 || _hourLengthMs % settings.PremiumEveryMs != 0)
        {
            throw new ArgumentException("Premium samples must divide the time between fundings.", nameof(settings));
        }

        _plays = [.. series.OrderBy(one => one.Symbol).Select(one => Play(exchange, one))];
        if (_plays.DistinctBy(play => play.Symbol).Count() != _plays.Length)
        {
            throw new ArgumentException("A symbol has more than one series.", nameof(series));
        }

        _commands = new ExchangeCommand[Math.Max(8, exchange.Instruments.Count)];
        _sampleMs = NextMultiple(startMs, settings.PremiumEveryMs);
        _hourMs = NextMultiple(startMs + 1, _hourLengthMs);
    }

    /// <summary>When the next step is due, UTC epoch milliseconds; <see cref="long.MaxValue"/> when nothing will come.</summary>
    public long DueMs => _opened < _plays.Length ? _startMs : Math.Min(PointDueMs(out _), PremiumDueMs);

    private long PremiumDueMs => _settings.SamplesPremium ? Math.Min(_sampleMs, _hourMs - 1) : long.MaxValue;

    /// <summary>
    /// The next step that is due. The gateway calls it until it says no before it handles any input, has the core carry out the commands at the
    /// step's own moment (<see cref="MarketStep.TimeMs"/> as wall clock), and sets a timer for <see cref="DueMs"/> after. The first call loads the
    /// history, so that a market which is restored does not load it again.
    /// </summary>
    public bool TryNext(ExchangeCore core, long wallMs, out MarketStep step)
    {
        step = default;
        LoadHistory();
        if (wallMs < DueMs)
        {
            return false;
        }

        if (_opened < _plays.Length)
        {
            SymbolPlay opening = _plays[_opened++];
            step = Step(_startMs, opening.Open(_startMs));
            return true;
        }

        if (wallMs - DueMs > _settings.CatchUpMaxMs)
        {
            SkipTo(wallMs - _settings.CatchUpMaxMs);
        }

        while (wallMs >= DueMs)
        {
            long pointMs = PointDueMs(out SymbolPlay? play);
            if (play is not null && pointMs <= PremiumDueMs)
            {
                step = Step(pointMs, play.Next(_candles));
                return true;
            }

            if (_sampleMs < _hourMs)
            {
                _premium.Sample(core);
                _sampleMs += _settings.PremiumEveryMs;
                continue;
            }

            long hourMs = _hourMs;
            _hourMs += _hourLengthMs;
            int count = _premium.Close(hourMs, _commands);
            step = new MarketStep(hourMs - 1, _commands.AsMemory(0, count));
            return true;
        }

        return false;
    }

    /// <summary>Funding rates of a symbol, oldest first; the newest that are kept.</summary>
    public IReadOnlyList<FundingRateRecord> FundingHistory(int symbol) => _premium.Rates(symbol);

    /// <summary>Writes where the play stands.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(_plays.Length);
        writer.Write(_hasHistory);
        writer.Write(_opened);
        writer.Write(_sampleMs);
        writer.Write(_hourMs);
        foreach (SymbolPlay play in _plays)
        {
            play.Save(writer);
        }

        _premium.Save(writer);
    }

    /// <summary>Takes up the play where <see cref="Save"/> left it; series, settings and start must be the same.</summary>
    /// <exception cref="InvalidDataException">Damaged, or of another market.</exception>
    public void Load(ref StateReader reader)
    {
        if (reader.ReadInt() != _plays.Length)
        {
            throw new InvalidDataException("The saved market has other symbols.");
        }

        _hasHistory = reader.ReadBool();
        _opened = reader.ReadIndex(_plays.Length + 1);
        _sampleMs = reader.Read();
        _hourMs = reader.Read();
        foreach (SymbolPlay play in _plays)
        {
            play.Load(ref reader);
        }

        _premium.Load(ref reader);
    }

    private void LoadHistory()
    {
        if (_hasHistory)
        {
            return;
        }

        _hasHistory = true;
        foreach (SymbolPlay play in _plays)
        {
            play.LoadHistory(_candles);
        }
    }

    private SymbolPlay Play(ExchangeSettings exchange, MarketSeries series)
    {
        string? fault =
            series.Symbol >= 0 && series.Symbol < exchange.Instruments.Count
                ? series.Fault(exchange.Instruments[series.Symbol].MaxPrice)
                : "There is no such instrument.";
        return fault is null
            ? new SymbolPlay(series, exchange.Instruments[series.Symbol], _settings, _startMs)
            : throw new ArgumentException($"Series of symbol {series.Symbol}: {fault}", nameof(series));
    }

    private MarketStep Step(long timeMs, ReadOnlySpan<ExchangeCommand> commands)
    {
        commands.CopyTo(_commands);
        return new MarketStep(timeMs, _commands.AsMemory(0, commands.Length));
    }

    private long PointDueMs(out SymbolPlay? play)
    {
        long dueMs = long.MaxValue;
        play = null;
        foreach (SymbolPlay one in _plays)
        {
            if (one.DueMs < dueMs)
            {
                dueMs = one.DueMs;
                play = one;
            }
        }

        return dueMs;
    }

    private void SkipTo(long timeMs)
    {
        foreach (SymbolPlay play in _plays)
        {
            if (play.DueMs < timeMs)
            {
                play.SkipTo(timeMs, _candles);
            }
        }

        if (_sampleMs < timeMs)
        {
            _sampleMs = NextMultiple(timeMs, _settings.PremiumEveryMs);
        }

        if (_hourMs <= timeMs)
        {
            _hourMs = NextMultiple(timeMs + 1, _hourLengthMs);
            _premium.Clear();
        }
    }

    private static long NextMultiple(long fromMs, long of) => (fromMs + of - 1) / of * of;
}
