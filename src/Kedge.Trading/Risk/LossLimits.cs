using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>
/// What was lost since 00:00 UTC and since the highest equity. Both are measured on the value of one share of the account: money that comes in or goes out
/// changes the number of shares and never their value, so a transfer neither hides a loss nor makes one.
/// </summary>
internal sealed class LossLimits
{
    private bool _known;
    private double _equity;
    private long _equityWallMs;
    private long _equityMonotonicMs;
    private double _peak;
    private long _day;
    private double _dayStart;
    private double _dayStartUsd;
    private double _transfers;

    // The last reading as it was before transfers were taken in: what the limits look at.
    private double _readEquity;
    private double _readPeak;
    private double _readDayStart;

    /// <summary>Whether equity was ever read.</summary>
    public bool IsKnown => _known;

    /// <summary>When it was last read.</summary>
    public long EquityMonotonicMs => _equityMonotonicMs;

    /// <summary>Highest equity, in money of today: transfers since then taken in.</summary>
    public double Peak => _peak;

    /// <summary>Equity at 00:00 UTC, in money of today.</summary>
    public double DayStart => _dayStart;

    /// <summary>Percent lost since the highest equity.</summary>
    public double DrawdownPct => _peak > 0.0 ? Math.Max(0.0, (_peak - _equity) / _peak * 100.0) : 0.0;

    /// <summary>Percent lost since 00:00 UTC; negative when gained.</summary>
    public double DailyLossPct => _dayStart > 0.0 ? (_dayStart - _equity) / _dayStart * 100.0 : 0.0;

    /// <summary>USD lost since 00:00 UTC, without transfers; negative when gained.</summary>
    public double DailyLossUsd => _dayStartUsd - _equity;

    /// <summary>Money came in (positive) or went out; the next equity read contains it.</summary>
    public void Transfer(double amount) => _transfers += amount;

    /// <summary>Takes a reading, before the limits are looked at.</summary>
    public void Read(double equity, in RiskClock clock, long monotonicMs)
    {
        double before = equity - _transfers;
        if (!_known)
        {
            // Transfers before the first reading are part of it.
            before = equity;
            (_known, _peak, _day, _dayStart, _dayStartUsd) = (true, equity, clock.Day, equity, equity);
            _transfers = 0;
        }
        else if (clock.Day > _day)
        {
            StartDay(before, in clock);
        }

        _peak = Math.Max(_peak, before);
        (_readEquity, _readPeak, _readDayStart) = (before, _peak, _dayStart);
        if (_transfers != 0.0)
        {
            TakeIn(before, equity);
        }

        _equity = equity;
        _equityWallMs = clock.WallMs;
        _equityMonotonicMs = monotonicMs;
    }

    /// <summary>The latch of the daily loss, when it is reached.</summary>
    public KillLatch? DailyLoss(RiskSettings settings, long wallMs)
    {
        double lost = _readDayStart - _readEquity;
        bool pct =
            settings.MaxDailyLossPct > 0.0 && _readDayStart > 0.0 && lost * 100.0 >= settings.MaxDailyLossPct * _readDayStart;
        bool usd = settings.MaxDailyLossUsd > 0.0 && DailyLossUsd >= settings.MaxDailyLossUsd;
        if (!pct && !usd)
        {
            return null;
        }

        DateTimeOffset date = DateTimeOffset.FromUnixTimeMilliseconds(_day * RiskClock.DayMs);
        return new KillLatch(
            KillKeys.DailyLoss,
            KillMode.CloseOnly,
            $"daily_loss:{date:yyyy-MM-dd}: lost {lost / _readDayStart * 100.0:0.##} % ({DailyLossUsd:0.##} USD) since 00:00 UTC",
            wallMs,
            KillClearing.AtTime,
            (_day + 1) * RiskClock.DayMs
        );
    }

    /// <summary>The latch of the drawdown, when it is reached.</summary>
    public KillLatch? Drawdown(RiskSettings settings, long wallMs)
    {
        bool reached =
            settings.MaxDrawdownPct > 0.0
            && _readPeak > 0.0
            && (_readPeak - _readEquity) * 100.0 >= settings.MaxDrawdownPct * _readPeak;
        return reached
            ? new KillLatch(
                KillKeys.Drawdown,
                KillMode.CloseOnly,
                $"drawdown: {(_readPeak - _readEquity) / _readPeak * 100.0:0.##} % below the high-water mark {_readPeak:0.##} USD",
                wallMs
            )
            : null;
    }

    /// <summary>An operator lifted the daily loss: the day begins again here.</summary>
    public void RestartDay() => (_dayStart, _dayStartUsd) = (_equity, _equity);

    /// <summary>An operator lifted the drawdown: the mark begins again here.</summary>
    public void RestartPeak() => _peak = _equity;

    public void Save(ref StateWriter writer, long monotonicMs)
    {
        writer.Bool(_known);
        writer.Double(_equity);
        writer.Long(_equityWallMs);
        writer.Long(monotonicMs - _equityMonotonicMs);
        writer.Double(_peak);
        writer.Long(_day);
        writer.Double(_dayStart);
        writer.Double(_dayStartUsd);
        writer.Double(_transfers);
    }

    /// <summary>A reading ages while the process is down.</summary>
    public void Restore(ref StateReader reader, long monotonicMs, long downMs)
    {
        _known = reader.Bool();
        _equity = reader.Double();
        _equityWallMs = reader.Long();
        _equityMonotonicMs = monotonicMs - reader.Long() - downMs;
        _peak = reader.Double();
        _day = reader.Long();
        _dayStart = reader.Double();
        _dayStartUsd = reader.Double();
        _transfers = reader.Double();
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.DailyLossReset))
        {
            RestartDay();
        }
#endif
    }

    /// <summary>The reading nearest to midnight is what the day began with.</summary>
    private void StartDay(double equity, in RiskClock clock)
    {
        long midnight = clock.Day * RiskClock.DayMs;
        bool lastIsNearer = midnight - _equityWallMs < clock.WallMs - midnight;
        _day = clock.Day;
        _dayStart = lastIsNearer ? _equity : equity;
        _dayStartUsd = _dayStart;
    }

    private void TakeIn(double before, double equity)
    {
        _dayStartUsd += _transfers;
        _transfers = 0;
        if (before > 0.0 && equity > 0.0)
        {
            double factor = equity / before;
            _peak *= factor;
            _dayStart *= factor;
            return;
        }

        // Nothing is left, or there was nothing: the next money is a new beginning.
        _peak = Math.Max(0.0, equity);
        _dayStart = _peak;
        _dayStartUsd = equity;
    }
}
