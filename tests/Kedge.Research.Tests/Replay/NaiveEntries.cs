using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Tests.Replay;

/// <summary>A signal with what it was made from.</summary>
internal sealed record NaiveSignal(Signal Signal, double Price, Snapshot View, ReasonCode Reason);

/// <summary>Reversal, regime, flips, adds, filters, ranking and the execution walk of the naive loop.</summary>
internal sealed class NaiveEntries(ReplayCase run, NaiveAccount account)
{
    private readonly NaiveSizing _sizing = new(run, account);

    /// <summary>What stopped entries and adds, counted by code.</summary>
    public long[] Stops { get; } = new long[(int)StopCode.Count];

    public void Decide(long now, MarketContext market, Dictionary<string, NaiveSignal> raw)
    {
        SortedDictionary<string, NaiveSignal> signals = new(StringComparer.Ordinal);
        foreach ((string symbol, NaiveSignal signal) in raw.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            if (signal.Signal.Side != Side.Flat && Transform(symbol, signal, market) is { } final)
            {
                signals[symbol] = final;
            }
        }

        Flip(now, signals);
        StopCode forbidden = MarketRules(market);
        Add(now, signals, forbidden);
        Enter(now, signals, forbidden);
    }

    /// <summary>Reversal first, then the directional breadth block on the final side.</summary>
    private NaiveSignal? Transform(string symbol, NaiveSignal signal, MarketContext market)
    {
        Parameters p = run.Parameters[symbol];
        bool reverse = p.Trade.ReverseEntrySignal;
        if (p.Regime.EnableAutoReverse && market.BreadthKnown)
        {
            reverse = p.Regime.AutoReverseBreadthLow <= market.BreadthPct && market.BreadthPct <= p.Regime.AutoReverseBreadthHigh;
        }

        Signal s = signal.Signal;
        if (reverse)
        {
            s.Side = s.Side == Side.Long ? Side.Short : Side.Long;
        }

        if (p.Regime.EnableRegimeFilter && market.BreadthKnown)
        {
            bool tooHigh = s.Side == Side.Short && market.BreadthPct > p.Regime.BreadthBlockShortAbove;
            bool tooLow = s.Side == Side.Long && market.BreadthPct < p.Regime.BreadthBlockLongBelow;
            if (tooHigh || tooLow)
            {
                Stop(StopCode.RegimeFilter);
                return null;
            }
        }

        return signal with
        {
            Signal = s,
        };
    }

    private void Flip(long now, SortedDictionary<string, NaiveSignal> signals)
    {
        foreach ((string symbol, NaiveSignal signal) in signals)
        {
            if (account.Positions.TryGetValue(symbol, out NaivePosition? position) && position.Side != signal.Signal.Side)
            {
                account.Sell(now, position, position.Size, signal.Price, ReasonCode.SignalFlip, []);
            }
        }
    }

    /// <summary>What forbids entries and adds of all symbols.</summary>
    private StopCode MarketRules(MarketContext market)
    {
        var rules = run.Portfolio.Regime;
        bool needsBreadth = rules.EnableRegimeFilter || rules.EnableAutoReverse;
        if (!market.BreadthKnown && needsBreadth && rules.BreadthUnknown == BreadthUnknownPolicy.Block)
        {
            return StopCode.BreadthUnknown;
        }

        if (!rules.EnableRegimeGate)
        {
            return StopCode.None;
        }

        bool open;
        if (!market.BreadthKnown)
        {
            open = rules.RegimeGateFailOpen;
        }
        else if (rules.RegimeGateBreadthLow <= market.BreadthPct && market.BreadthPct <= rules.RegimeGateBreadthHigh)
        {
            open = false;
        }
        else if (market.BtcTrend == 0)
        {
            open = rules.RegimeGateFailOpen;
        }
        else
        {
            open = market.BtcAdx >= rules.RegimeGateBtcAdxMin && market.BtcAtrPct >= rules.RegimeGateBtcAtrPctMin;
        }

        return open ? StopCode.None : StopCode.RegimeGate;
    }

    private void Add(long now, SortedDictionary<string, NaiveSignal> signals, StopCode forbidden)
    {
        foreach ((string symbol, NaiveSignal signal) in signals)
        {
            if (account.Positions.TryGetValue(symbol, out NaivePosition? position) && position.Side == signal.Signal.Side)
            {
                Stop(forbidden != StopCode.None ? forbidden : TryAdd(now, symbol, position, signal));
            }
        }
    }

    private StopCode TryAdd(long now, string symbol, NaivePosition position, NaiveSignal signal)
    {
        Parameters p = run.Parameters[symbol];
        if (!p.Trade.EnablePyramiding)
        {
            return StopCode.PyramidingOff;
        }

        if (position.Adds >= p.Trade.MaxAddsPerSymbol)
        {
            return StopCode.AddCount;
        }

        if (signal.Signal.Confidence < p.Trade.AddMinConfidence)
        {
            return StopCode.AddConfidence;
        }

        if ((now - position.LastAddMs) / 60000.0 < p.Trade.AddCooldownMinutes)
        {
            return StopCode.AddCooldown;
        }

        double profit =
            position.EntryAtr > 0.0 ? position.Direction * (signal.Price - position.EntryPrice) / position.EntryAtr : 0.0;
        if (profit < p.Trade.AddMinProfitAtr)
        {
            return StopCode.AddProfit;
        }

        return EntryCooldownRuns(now, symbol, p) ? StopCode.EntryCooldown : _sizing.Add(now, symbol, position, signal);
    }

    private void Enter(long now, SortedDictionary<string, NaiveSignal> signals, StopCode forbidden)
    {
        List<(string Symbol, double Score)> candidates = [];
        foreach ((string symbol, NaiveSignal signal) in signals.Where(s => !account.Positions.ContainsKey(s.Key)))
        {
            StopCode stop = forbidden != StopCode.None ? forbidden : Filter(now, symbol, signal);
            Stop(stop);
            if (stop == StopCode.None)
            {
                candidates.Add((symbol, (int)signal.Signal.Confidence * 100.0 + signal.View.Adx));
            }
        }

        double equity = account.Equity;
        int entries = 0;
        foreach ((string symbol, _) in candidates.OrderByDescending(c => c.Score).ThenBy(c => c.Symbol, StringComparer.Ordinal))
        {
            StopCode stop =
                entries >= run.Portfolio.Trade.MaxEntryOrdersPerLoop ? StopCode.EntryBudget
                : account.Positions.Count >= run.Portfolio.Trade.MaxOpenPositions ? StopCode.MaxPositions
                : EntryCooldownRuns(now, symbol, run.Parameters[symbol]) ? StopCode.EntryCooldown
                : _sizing.Open(now, symbol, signals[symbol], equity);
            Stop(stop);
            entries += stop == StopCode.None ? 1 : 0;
        }
    }

    /// <summary>Confidence, post-exit cooldown, SSF, REEF.</summary>
    private StopCode Filter(long now, string symbol, NaiveSignal signal)
    {
        Parameters p = run.Parameters[symbol];
        bool isLong = signal.Signal.Side == Side.Long;
        if (signal.Signal.Confidence < p.Trade.EntryMinConfidence)
        {
            return StopCode.Confidence;
        }

        if (PostExitCooldownRuns(now, symbol, signal, p))
        {
            return StopCode.PostExitCooldown;
        }

        if (p.Trade.EnableSsfFilter && !(isLong ? signal.View.MacdHist > 0.0 : signal.View.MacdHist < 0.0))
        {
            return StopCode.SignFilter;
        }

        bool strong = signal.View.Adx >= p.Trade.ReefAdxThreshold;
        bool extreme = isLong
            ? signal.View.Rsi > (strong ? p.Trade.ReefLongRsiExtremeGt : p.Trade.ReefLongRsiBlockGt)
            : signal.View.Rsi < (strong ? p.Trade.ReefShortRsiExtremeLt : p.Trade.ReefShortRsiBlockLt);
        return p.Trade.EnableReefFilter && extreme ? StopCode.ExtremeFilter : StopCode.None;
    }

    private bool PostExitCooldownRuns(long now, string symbol, NaiveSignal signal, in Parameters p)
    {
        if (p.Trade.ReentryCooldownMinutes == 0 || !account.LastExit.TryGetValue(symbol, out var last))
        {
            return false;
        }

        if (last.WasFlip || last.Side != signal.Signal.Side)
        {
            return false;
        }

        double adx = signal.View.Adx;
        double min = p.Trade.ReentryCooldownMinMins;
        double max = p.Trade.ReentryCooldownMaxMins;
        double minutes =
            adx >= 40.0 ? min
            : adx <= 25.0 ? max
            : max + (adx - 25.0) / 15.0 * (min - max);
        return now - last.TimeMs < Math.Truncate(minutes * 60000.0);
    }

    private bool EntryCooldownRuns(long now, string symbol, in Parameters p) =>
        p.Trade.EntryCooldownS > 0
        && account.LastEntryMs.TryGetValue(symbol, out long last)
        && now - last < p.Trade.EntryCooldownS * 1000L;

    private void Stop(StopCode code)
    {
        if (code != StopCode.None)
        {
            Stops[(int)code]++;
        }
    }
}
