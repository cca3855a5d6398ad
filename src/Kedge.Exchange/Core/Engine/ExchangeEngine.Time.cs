using Kedge.Exchange.Core.Accounts;

namespace Kedge.Exchange.Core.Engine;

/// <summary>What happens by itself: funding, scheduled cancels, second steps of liquidations.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    /// <summary>Fundings made up for after a gap in time; what lies before them is dropped.</summary>
    private const int FundingsCaughtUpMax = 1_000;

    private const long DayMs = 86_400_000;

    private readonly SortedSet<(long DueMs, TimerKind Kind, int Account, int Symbol)> _timers = [];
    private long _timeMs;
    private long _armedMs;
    private long _dueMs;

    /// <summary>The venue's clock is the wall clock, but never goes back. What is due happens at its own moment, in order.</summary>
    private void PassTime(long wallMs)
    {
        if (wallMs < _dueMs)
        {
            _timeMs = Math.Max(_timeMs, wallMs);
            return;
        }

        if (_timers.Count == 0)
        {
            _timeMs = wallMs;
            _timers.Add((NextFunding(wallMs), TimerKind.Funding, 0, 0));
        }

        while (_timers.Min is var timer && timer.DueMs <= wallMs)
        {
            _timers.Remove(timer);
            _timeMs = Math.Max(_timeMs, timer.DueMs);
            Fire(timer.Kind, timer.Account, timer.Symbol, timer.DueMs, wallMs);
        }

        _timeMs = Math.Max(_timeMs, wallMs);
        _dueMs = _timers.Min.DueMs;
    }

    private void Fire(TimerKind kind, int account, int symbol, long dueMs, long wallMs)
    {
        switch (kind)
        {
            case TimerKind.ScheduledCancel:
                FireScheduledCancel(account, dueMs);
                break;
            case TimerKind.Liquidation when symbol == WholeAccount:
                CheckCross(account);
                break;
            case TimerKind.Liquidation:
                CheckAccount(account, symbol);
                break;
            default:
                long next = NextFunding(Math.Max(dueMs, wallMs - (FundingsCaughtUpMax * _settings.FundingIntervalMs)));
                _timers.Add((next, TimerKind.Funding, 0, 0));
                Fund();
                break;
        }
    }

    private long NextFunding(long afterMs) => ((afterMs / _settings.FundingIntervalMs) + 1) * _settings.FundingIntervalMs;

    /// <summary>Asks the host for a timer whenever what is due next has changed.</summary>
    private void ArmTimer()
    {
        _dueMs = _timers.Min.DueMs;
        if (_dueMs == _armedMs)
        {
            return;
        }

        _armedMs = _dueMs;
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.SetTimer,
                Account = -1,
                Other = -1,
                Symbol = -1,
                TimeMs = _dueMs,
                Amount = _now.MonotonicMs + Math.Max(0, _dueMs - _now.WallMs),
            }
        );
    }

    private void Fund()
    {
        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            ref SymbolState state = ref _clearing.Symbol(symbol);
            if (state.FundingRate == 0 || state.OpenInterest == 0)
            {
                continue;
            }

            for (int account = 1; account < _clearing.Accounts; account++)
            {
                long size = _clearing.Position(account, symbol).Size;
                if (size == 0)
                {
                    continue;
                }

                long received = _clearing.PayFunding(account, symbol);
                _effects.Add(
                    new ExchangeEvent
                    {
                        Kind = EventKind.Funding,
                        Account = account,
                        Other = Clearinghouse.House,
                        Symbol = symbol,
                        Amount = received,
                        Size = size,
                        Price = state.Oracle,
                        Fee = state.FundingRate,
                        TimeMs = _timeMs,
                    }
                );
            }
        }

        for (int account = 1; account < _clearing.Accounts; account++)
        {
            for (int symbol = 0; symbol < _books.Length; symbol++)
            {
                CheckAccount(account, symbol);
            }

            ReportBadDebt(account);
        }
    }

    private void ScheduleCancel(int account, long timeMs)
    {
        ref Account a = ref _clearing[account];
        bool counts = a.ScheduleDay == _timeMs / DayMs;
        OrderStatus refusal =
            timeMs == 0 ? OrderStatus.None
            : timeMs < _timeMs + _settings.ScheduleAheadMs ? OrderStatus.ScheduleTooSoon
            : counts && a.SchedulesFired >= _settings.SchedulesPerDay ? OrderStatus.ScheduleLimit
            : a.Volume < _settings.ScheduleVolume ? OrderStatus.ScheduleVolume
            : OrderStatus.None;
        if (!Admit(account, 1, areCancels: true))
        {
            refusal = OrderStatus.TooManyRequests;
        }

        if (refusal == OrderStatus.None)
        {
            _timers.Remove((a.ScheduledCancelMs, TimerKind.ScheduledCancel, account, 0));
            a.ScheduledCancelMs = timeMs;
            if (timeMs != 0)
            {
                _timers.Add((timeMs, TimerKind.ScheduledCancel, account, 0));
            }
        }

        Reply(-1, account, refusal);
    }

    private void FireScheduledCancel(int account, long dueMs)
    {
        ref Account a = ref _clearing[account];
        a.ScheduledCancelMs = 0;
        a.SchedulesFired = a.ScheduleDay == dueMs / DayMs ? a.SchedulesFired + 1 : 1;
        a.ScheduleDay = dueMs / DayMs;
        CancelMany(account, -1, OrderStatus.ScheduledCancel);
    }
}
