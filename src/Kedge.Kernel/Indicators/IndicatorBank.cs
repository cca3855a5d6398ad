namespace Kedge.Kernel.Indicators;

/// <summary>All incremental state of one symbol: one bar in, one <see cref="Snapshot"/> out, no allocation.</summary>
public struct IndicatorBank
{
    private Ema _emaSlow;
    private Ema _emaFast;
    private Ema _emaMacro;
    private Adx _adx;
    private Atr _atr;
    private Rsi _rsi;
    private Macd _macd;
    private Snapshot _last;
    private bool _useStochRsi;
    private bool _useSlope;
    private Bollinger _bollinger;
    private RollingMean _bbWidth;
    private RollingMean _avgAtr;
    private RollingMean _volSma;
    private RollingMean _volTrend;
    private StochRsi _stochRsi;
    private Ring _slope;

    /// <summary>Sets all windows from the parameters and forgets everything.</summary>
    public void Reset(in Parameters parameters)
    {
        _emaSlow.Reset(parameters.Indicators.EmaSlowWindow);
        _emaFast.Reset(parameters.Indicators.EmaFastWindow);
        _emaMacro.Reset(parameters.Indicators.EmaMacroWindow);
        _adx.Reset(parameters.Indicators.AdxWindow);
        _atr.Reset(parameters.Indicators.AtrWindow);
        _rsi.Reset(parameters.Indicators.RsiWindow);
        _macd.Reset();
        _bollinger.Reset(parameters.Indicators.BbWindow);
        _bbWidth.Reset(parameters.Indicators.BbWidthAvgWindow);
        _avgAtr.Reset(parameters.Entry.AveAvgAtrWindow);
        _volSma.Reset(parameters.Indicators.VolSmaWindow);
        _volTrend.Reset(parameters.Indicators.VolTrendWindow);
        _stochRsi.Reset(
            parameters.Indicators.StochRsiWindow,
            parameters.Indicators.StochRsiSmooth1,
            parameters.Indicators.StochRsiSmooth2
        );
        _slope.Reset(parameters.Entry.SlowDriftSlopeWindow);
        _useStochRsi = parameters.Filters.UseStochRsiFilter;
        _useSlope = parameters.Entry.EnableSlowDriftEntries;
        _last = default;
    }

    /// <summary>Takes one closed bar, ascending by time. The funding rate is not a thing of bars: <paramref name="snapshot"/> keeps its own.</summary>
    /// <returns>False when a number of the bar is not finite: the bar is then ignored and <paramref name="snapshot"/> untouched.</returns>
    public bool Next(in Bar bar, ref Snapshot snapshot)
    {
        // One test for all five: any non-finite number makes the sum of differences not-a-number or infinite.
        if (!Arithmetic.IsFinite(bar.Open + bar.High + bar.Low + bar.Close + bar.Volume))
        {
            return false;
        }

        Snapshot s = default;
        s.IsKnown = true;
        s.Close = bar.Close;
        s.High = bar.High;
        s.Low = bar.Low;
        s.Open = bar.Open;
        s.Volume = bar.Volume;
        s.OpenTimeMs = bar.OpenTimeMs;
        s.FundingRate = snapshot.FundingRate;

        s.EmaSlow = _emaSlow.Next(bar.Close);
        s.EmaFast = _emaFast.Next(bar.Close);
        s.EmaMacro = _emaMacro.Next(bar.Close);
        _adx.Next(bar, out s.Adx, out s.AdxPos, out s.AdxNeg);
        _bollinger.Next(bar.Close, out s.BbUpper, out s.BbLower);
        s.BbWidth = bar.Close > 0.0 ? (s.BbUpper - s.BbLower) / bar.Close : 0.0;
        s.BbWidthAvg = _bbWidth.Next(s.BbWidth);
        s.BbWidthRatio = s.BbWidthAvg > 0.0 ? s.BbWidth / s.BbWidthAvg : 1.0;
        s.Atr = _atr.Next(bar);
        s.AvgAtr = _avgAtr.Next(s.Atr);
        s.Rsi = _rsi.Next(bar.Close);
        if (_useStochRsi)
        {
            _stochRsi.Next(s.Rsi, out s.StochRsiK, out s.StochRsiD);
        }

        s.MacdHist = _macd.Next(bar.Close);
        s.VolSma = _volSma.Next(bar.Volume);
        s.VolTrend = _volTrend.Next(bar.Volume) > s.VolSma;
        s.AdxSlope = s.Adx - _last.Adx;
        s.AtrSlope = s.Atr - _last.Atr;
        if (_useSlope)
        {
            _slope.Push(s.EmaSlow);
            s.EmaSlowSlope = _slope.IsFull && bar.Close > 0.0 ? (s.EmaSlow - _slope.Oldest) / bar.Close : 0.0;
        }

        s.PrevClose = _last.Close;
        s.PrevEmaFast = _last.EmaFast;
        s.PrevEmaSlow = _last.EmaSlow;
        s.PrevMacdHist = _last.MacdHist;
        s.Prev2MacdHist = _last.PrevMacdHist;
        s.Prev3MacdHist = _last.Prev2MacdHist;
        s.BarCount = _last.IsKnown ? _last.BarCount + 1 : 0;

        _last = s;
        snapshot = s;
        return true;
    }
}
