using Kedge.Kernel;
using Kedge.Model.Machines;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <content>What happens: money, fills, time, operators.</content>
public sealed partial class RiskManager
{
    private const long ReminderMs = 300_000;

    private long _remindedAtMs;
    private bool _reminded;

    /// <summary>Money came in (positive) or went out. Call it before the equity that contains it.</summary>
    /// <param name="amount">USD.</param>
    public void OnTransfer(double amount)
    {
        if (!double.IsFinite(amount))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A transfer is a number.");
        }

        _losses.Transfer(amount);
    }

    /// <summary>Equity was read: balance, funding and fees booked, unrealised profit. Not a number counts as not read.</summary>
    public void OnEquity(double equity, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        if (!double.IsFinite(equity))
        {
            LookAtAge(in now, sink);
            return;
        }

        _losses.Read(equity, in _clock, now.MonotonicMs);
        Switches.Clear(KillKeys.EquityUnknown, "risk", "equity is known again", _clock.WallMs, sink);
        Latch(_losses.DailyLoss(Settings, _clock.WallMs), sink);
        Latch(_losses.Drawdown(Settings, _clock.WallMs), sink);
    }

    /// <summary>Time went by: latches lift themselves, equity grows old, a halt with open positions is called to mind.</summary>
    /// <param name="openPositions">Positions that are held.</param>
    /// <param name="now">The moment.</param>
    /// <param name="sink">Takes what follows.</param>
    public void OnTime(int openPositions, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        LookAtAge(in now, sink);
        Health.OnTime(in now);
        bool stuck = openPositions > 0 && Latches.Mode >= KillMode.HaltAll;
        if (stuck && (!_reminded || now.MonotonicMs - _remindedAtMs >= ReminderMs))
        {
            _remindedAtMs = now.MonotonicMs;
            sink.Alert(
                new RiskAlert(
                    "halted_with_positions",
                    $"{openPositions} positions are open and {Latches.Ruling!.Key} holds back their exits ({Latches.Mode.Name()}); "
                        + "close them by name, or lift the latch"
                )
            );
        }

        _reminded = stuck;
    }

    /// <summary>A fill happened; its distance from the quote at submit is measured.</summary>
    public void OnFill(in RiskFill fill, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        Latch(_slippage.Add(Settings.SlippageGuard, in fill, _clock.WallMs), sink);
    }

    /// <summary>The cash of a booking of the kernel: fills and funding of a position, round trip by round trip.</summary>
    public void OnBooking(in Booking booking, in Now now, IRiskSink sink) =>
        OnCash(booking.Symbol, booking.Pnl - booking.Fee, booking.Action == OrderAction.Close, in now, sink);

    /// <summary>Cash of a position was booked.</summary>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="cash">Profit minus fee of a fill, or funding; USD.</param>
    /// <param name="closes">Nothing is held after it: the round trip is over.</param>
    /// <param name="now">The moment.</param>
    /// <param name="sink">Takes what follows.</param>
    public void OnCash(int symbol, double cash, bool closes, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        if (!_trips.Add(symbol, cash, closes, out double net))
        {
            return;
        }

        Latch(_performance.Add(Settings.PerformanceStop, net, _clock.WallMs), sink);
        if (_trips.Count(Settings, symbol, net, _clock.WallMs))
        {
            sink.Alert(
                new RiskAlert(
                    "loss_streak",
                    $"{_symbols[symbol]}: {Settings.LossStreakMaxLosses} losing round trips in a row; its entries pause for "
                        + $"{Settings.LossStreakPauseMinutes} minutes"
                )
            );
        }
    }

    /// <summary>An operator ends the pause of a symbol.</summary>
    public void Resume(int symbol) => _trips.Resume(symbol);

    /// <summary>Obeys an operator, once a command. Lifting a limit's latch lets that limit begin again from here, and no other.</summary>
    public KillCommandResult Obey(KillCommand command, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        bool wasSet = Latches.IsSet(command.Latch);
        KillCommandResult result = Switches.Obey(command, _clock.WallMs, sink);
        BeginAgain(command.Latch, wasSet);
        return result;
    }

    /// <summary>Environment and kill file were read. The same reading may come any number of times.</summary>
    public void OnKillSwitch(KillSwitchReading reading, in Now now, IRiskSink sink)
    {
        Advance(in now, sink);
        string? key = Switches.Read(reading, _clock.WallMs, sink);
        if (key is not null)
        {
            BeginAgain(key, wasSet: true);
        }
    }

    private void Latch(KillLatch? latch, IRiskSink sink)
    {
        if (latch is not null)
        {
            Switches.Set(latch, "risk", sink);
        }
    }

    private void Advance(in Now now, IRiskSink sink)
    {
        long off = _clock.Advance(in now);
        if (off != 0)
        {
            sink.Alert(
                new RiskAlert(
                    "clock_step",
                    $"the wall clock stepped by {off / 1000.0:0.###} s; days and pauses go on by the monotonic clock until a restart"
                )
            );
        }

        Switches.ClearDue(_clock.WallMs, sink);
    }

    private void LookAtAge(in Now now, IRiskSink sink)
    {
        long since = _losses.IsKnown ? _losses.EquityMonotonicMs : _clock.StartedMonotonicMs;
        if (now.MonotonicMs - since > Settings.EquityMaxAgeS * 1000L && !Latches.IsSet(KillKeys.EquityUnknown))
        {
            string reason = $"equity_unknown: no equity for more than {Settings.EquityMaxAgeS} s";
            Latch(
                new KillLatch(KillKeys.EquityUnknown, KillMode.CloseOnly, reason, _clock.WallMs, KillClearing.WhileCondition),
                sink
            );
        }
    }

    /// <summary>A limit that an operator lifted would latch again at the next reading if it went on from where it was.</summary>
    private void BeginAgain(string key, bool wasSet)
    {
        if (!wasSet || Latches.IsSet(key))
        {
            return;
        }

        switch (key)
        {
            case KillKeys.DailyLoss:
                _losses.RestartDay();
                break;
            case KillKeys.Drawdown:
                _losses.RestartPeak();
                break;
            case KillKeys.SlippageGuard:
                _slippage.Clear();
                break;
            case KillKeys.PerformanceStop:
                _performance.Clear();
                break;
            default:
                break;
        }
    }
}
