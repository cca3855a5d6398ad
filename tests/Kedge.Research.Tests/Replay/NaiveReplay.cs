using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>
/// The rules once more, written from the specification for reading rather than for speed: names instead of ranks, dictionaries instead of
/// pointers, no phase of the kernel. It shares only indicators, gates with entry modes, and the single exit stages.
/// </summary>
internal sealed class NaiveReplay
{
    private const long Hour = 3_600_000;
    private readonly ReplayCase _run;
    private readonly List<string> _symbols;
    private readonly long _interval;
    private readonly NaiveAccount _account;
    private readonly NaiveExits _exits;
    private readonly NaiveEntries _entries;
    private readonly Dictionary<string, IndicatorBank> _banks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Snapshot> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastBarMs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NaiveFunding> _funding;
    private readonly Dictionary<(string Symbol, long CloseMs), Bar> _main;
    private readonly Dictionary<(string Symbol, long CloseMs), Bar> _exit;
    private readonly Dictionary<(string Symbol, long CloseMs), Bar> _entry;

    private NaiveReplay(ReplayCase run)
    {
        _run = run;
        _symbols = run.Market.Symbols;
        _interval = run.Market.Main.Interval.Ms;
        _account = new NaiveAccount(run);
        _exits = new NaiveExits(run, _account);
        _entries = new NaiveEntries(run, _account);
        _main = ByClose(run.Market.Main);
        _exit = ByClose(run.Market.Exit);
        _entry = ByClose(run.Market.Entry);
        _funding = (run.Market.Funding ?? []).ToDictionary(f => f.Key, f => new NaiveFunding(f.Value), StringComparer.Ordinal);
        foreach (string symbol in _symbols)
        {
            IndicatorBank bank = default;
            bank.Reset(run.Parameters[symbol]);
            _banks[symbol] = bank;
        }
    }

    public static ReplayRunResult Run(ReplayCase run) => new NaiveReplay(run).Run();

    private ReplayRunResult Run()
    {
        List<EquityPoint> equity = [];
        _account.Start();
        long? previous = null;
        long? lastTick = null;
        foreach (long now in _run.Market.Timeline().TakeWhile(t => t <= _run.ToMs))
        {
            bool inWindow = now >= _run.FromMs;
            if (inWindow && previous is not null)
            {
                for (long boundary = (previous.Value / Hour + 1) * Hour; boundary < now; boundary += Hour)
                {
                    Fund(boundary);
                }
            }

            SetMarks(now);
            if (inWindow)
            {
                Fund(now);
            }

            AdvanceIndicators(now);
            previous = now;
            if (!inWindow)
            {
                continue;
            }

            Liquidate(now);
            ExitAll(now);
            Decide(now);
            equity.Add(_account.Point(now));
            lastTick = now;
        }

        if (lastTick is not null)
        {
            Finish(lastTick.Value);
            equity.Add(_account.Point(lastTick.Value));
        }

        return new ReplayRunResult(_account.Bookings, equity, _account.Hash, _entries.Stops, default, default);
    }

    /// <summary>Charges one boundary to what was opened before it.</summary>
    private void Fund(long boundary)
    {
        if (boundary < _run.FromMs)
        {
            return;
        }

        foreach (NaivePosition position in _account.Positions.Values.Where(p => p.OpenedAtMs < boundary))
        {
            if (_funding.TryGetValue(position.Symbol, out NaiveFunding? funding) && funding.IsDue(boundary, out double rate))
            {
                _account.PayFunding(boundary, position, rate);
            }
        }
    }

    /// <summary>The last price of a symbol is the latest close of any of its series; the finest one wins at the same moment.</summary>
    private void SetMarks(long now)
    {
        foreach (string symbol in _symbols)
        {
            foreach (Dictionary<(string, long), Bar> series in new[] { _main, _entry, _exit })
            {
                if (series.TryGetValue((symbol, now), out Bar bar))
                {
                    _account.Marks[symbol] = bar.Close;
                    _lastBarMs[symbol] = now;
                }
            }
        }
    }

    private void AdvanceIndicators(long now)
    {
        foreach (string symbol in _symbols)
        {
            Snapshot view = _views.GetValueOrDefault(symbol);
            if (_main.TryGetValue((symbol, now), out Bar bar))
            {
                IndicatorBank bank = _banks[symbol];
                bank.Next(bar, ref view);
                _banks[symbol] = bank;
            }

            view.FundingRate = _funding.TryGetValue(symbol, out NaiveFunding? funding) ? funding.HourlyAt(now) : 0.0;
            _views[symbol] = view;
        }
    }

    /// <summary>The venue closes positions, in symbol order, while equity is below what they must keep as maintenance margin.</summary>
    private void Liquidate(long now)
    {
        foreach (NaivePosition position in _account.Positions.Values.ToList())
        {
            // Without tiers nothing has to be kept, and nobody is there to liquidate.
            double maintenance = _account.Maintenance;
            if (
                maintenance > 0.0
                && _account.Equity < maintenance
                && _account.Marks.TryGetValue(position.Symbol, out double mark)
            )
            {
                _account.Sell(now, position, position.Size, mark, ReasonCode.Liquidation, []);
            }
        }
    }

    private void ExitAll(long now)
    {
        foreach (NaivePosition position in _account.Positions.Values.ToList())
        {
            if (BarToDecideOn(_run.Market.Exit, _exit, position.Symbol, now) is { } bar)
            {
                _exits.Test(now, position, bar, _views[position.Symbol]);
            }
            else if (IsDelisted(position.Symbol, now))
            {
                _account.Sell(now, position, position.Size, _account.Marks[position.Symbol], ReasonCode.DataEnded, []);
            }
        }
    }

    private bool IsDelisted(string symbol, long now) =>
        _lastBarMs.TryGetValue(symbol, out long last) && now - last > 24 * _interval;

    private void Decide(long now)
    {
        MarketContext market = Market(now);
        Dictionary<string, NaiveSignal> signals = new(StringComparer.Ordinal);
        foreach (string symbol in _symbols)
        {
            if (
                _views[symbol] is { IsKnown: true } view
                && view.BarCount + 1 >= _run.Lookback
                && Raw(symbol, now, view, market) is { } raw
            )
            {
                signals[symbol] = raw;
            }
        }

        _entries.Decide(now, market, signals);
    }

    /// <summary>The signal of the gates and entry modes, where a bar closes that entries are decided on.</summary>
    private NaiveSignal? Raw(string symbol, long now, Snapshot view, MarketContext market)
    {
        TestSeries? finer = _run.Portfolio.SignalOnCandleClose ? null : _run.Market.Entry;
        if (BarToDecideOn(finer, _entry, symbol, now) is not { } bar)
        {
            return null;
        }

        // Indicators are those of the last main bar, prices those of the bar that closes.
        Snapshot seen = view;
        seen.Open = bar.Open;
        seen.High = bar.High;
        seen.Low = bar.Low;
        seen.Close = bar.Close;
        NoTrace trace = default;
        SignalEngine.Evaluate(0, seen, _run.Parameters[symbol], market, ref trace, out Signal signal);
        bool atMainClose = view.OpenTimeMs + _interval == now;
        return new NaiveSignal(signal, bar.Close, view, atMainClose ? ReasonCode.EntrySignal : ReasonCode.EntrySignalSubBar);
    }

    private MarketContext Market(long now)
    {
        List<Snapshot> counted =
        [
            .. _symbols.Select(s => _views[s]).Where(v => v.BarCount >= 1 && now - (v.OpenTimeMs + _interval) <= 3 * _interval),
        ];
        MarketContext market = default;
        market.BreadthKnown = counted.Count > 0;
        market.BreadthPct = counted.Count > 0 ? (double)counted.Count(v => v.EmaFast > v.EmaSlow) / counted.Count * 100.0 : 0.0;
        if (_views.TryGetValue("BTC", out Snapshot btc) && btc.IsKnown)
        {
            market.BtcTrend = btc.Close > btc.EmaSlow ? 1 : -1;
            market.BtcAdx = btc.Adx;
            market.BtcAtrPct = btc.Atr / btc.Close;
        }

        return market;
    }

    private void Finish(long now)
    {
        foreach (NaivePosition position in _account.Positions.Values.ToList())
        {
            if (_account.Marks.TryGetValue(position.Symbol, out double mark))
            {
                ReasonCode reason = IsDelisted(position.Symbol, now) ? ReasonCode.DataEnded : ReasonCode.EndOfRun;
                _account.Sell(now, position, position.Size, mark, reason, []);
            }
        }

        _account.Seal();
    }

    /// <summary>
    /// The finer bar that closes now; at a main close without any finer bar inside that main bar, the main bar itself; otherwise none.
    /// </summary>
    private Bar? BarToDecideOn(TestSeries? series, Dictionary<(string Symbol, long CloseMs), Bar> finer, string symbol, long now)
    {
        if (series is not null && finer.TryGetValue((symbol, now), out Bar bar))
        {
            return bar;
        }

        bool silent =
            series is null
            || !series.Bars.TryGetValue(symbol, out List<Bar>? bars)
            || !bars.Exists(b => series.CloseMs(b) > now - _interval && series.CloseMs(b) <= now);
        return silent && _main.TryGetValue((symbol, now), out bar) ? bar : null;
    }

    private static Dictionary<(string Symbol, long CloseMs), Bar> ByClose(TestSeries? series) =>
        (series?.Bars ?? [])
            .SelectMany(b => b.Value.Select(bar => (b.Key, Bar: bar)))
            .ToDictionary(b => (b.Key, series!.CloseMs(b.Bar)), b => b.Bar);
}
