using System.Globalization;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;
using KillLatch = Kedge.Trading.Safety.KillLatch;

namespace Kedge.Simulation.Trading;

// What is held against the engine after every input.
internal sealed partial class LaneInvariants
{
    // The longest fault holds something back for 10 minutes; what it brings is met by the next audits.
    private const long DifferMaxUs = 20 * 60_000_000L;
    private const long YoungUs = 10 * 60_000_000L;
    private const long DayMs = 86_400_000;
    private const long ClockSlackMs = 15_000;
    private readonly (decimal Difference, long SinceUs)[] _differs;
    private readonly long[] _pricedMs;
    private readonly List<MirroredIntent> _earlier = [];
    private double _dayStart;
    private long _dayStartUs;
    private long _day;
    private int _transfers;
    private int _transfersSeen;
    private bool _isYoung;
    private long _bornUs;
    private long _seenUs;
    private int _starts;

    /// <summary>A start has read the ledger: what left and was written down is in it, and what is under way waits to be resolved.</summary>
    public void Opened()
    {
        foreach (ClientOrderId id in _left)
        {
            if (!_mirror.ByOrder.ContainsKey(id) && !_mirror.IsUnwritable(id))
            {
                _report.Complain(
                    LaneInvariant.WrittenBeforeSent,
                    $"{id} was sent, and the ledger does not know it after a restart"
                );
            }
        }

        _earlier.Clear();
        _earlier.AddRange(_mirror.Open.Where(i => i.Status != IntentStatus.New));
        Array.Clear(_pricedMs);
    }

    private void Check()
    {
        if (_lane.Engine is not { } engine)
        {
            return;
        }

        // While the ledger fails, and until the engine has seen that it does not any more, rows are held back.
        bool isWritten = _mirror.IsCurrent && engine.Risk?.Latches.IsSet(KillKeys.Ledger) != true;
        Account account = engine.Account;
        int working = 0;
        int open = 0;
        double reserved = 0.0;
        for (int i = 0; i < _symbols.Count; i++)
        {
            SymbolState state = engine.StateOf(i);
            working += state.Working.IsWorking ? 1 : 0;
            open += state.Position.IsOpen ? 1 : 0;
            reserved += state.Working.ReservedMargin + state.Working.ReservedFee;
            decimal own = engine.OwnOf(i);
            decimal net = own + engine.ForeignOf(i);
            if (state.Position.IsOpen ? state.Position.Size != (double)Math.Abs(own) : own != 0m)
            {
                _report.Complain(
                    LaneInvariant.PositionsAgree,
                    $"{_symbols[i]}: the kernel holds {state.Position.Size}, the ledger {own}"
                );
            }

            if (isWritten && _mirror.Position(_symbols[i]) != net)
            {
                _report.Complain(
                    LaneInvariant.PositionsAgree,
                    $"{_symbols[i]}: the engine holds {net}, its ledger {_mirror.Position(_symbols[i])}"
                );
            }

            Compare(i, net, engine);
        }

        if (isWritten)
        {
            CheckPlaces(engine);
            CheckKept(engine);
            RememberDay(engine);
        }

        if (working != account.WorkingOrders || open != account.OpenPositions)
        {
            _report.Complain(
                LaneInvariant.Reservations,
                $"{account.WorkingOrders} orders and {account.OpenPositions} positions are counted, {working} and {open} are there"
            );
        }

        if (Math.Abs(reserved - account.Reserved) > 1e-6)
        {
            _report.Complain(LaneInvariant.Reservations, $"{account.Reserved} is reserved, orders reserve {reserved}");
        }

        foreach ((string code, long count) in _wanted)
        {
            long told = _alerts.GetValueOrDefault(code);
            if (told < count || (isWritten && told > count + _lane.Process.Starts))
            {
                _report.Complain(
                    LaneInvariant.ToldOnce,
                    $"{count} times something happened that is told as {code}, it was told {told} times"
                );
                _alerts[code] = count;
            }
        }
    }

    /// <summary>A difference with the venue is on its way to be seen, or somebody was told and nothing is entered in the symbol.</summary>
    private void Compare(int symbol, decimal net, TradingEngine engine)
    {
        decimal difference = _venue(symbol) - net;
        long nowUs = _lane.Process.Scheduler.NowUs;
        if (
            difference == 0m
            || difference != _differs[symbol].Difference
            || engine.Risk?.Latches.IsSet(KillKeys.Reconcile) == true
        )
        {
            _differs[symbol] = (difference, nowUs);
        }
        else if (nowUs - _differs[symbol].SinceUs > DifferMaxUs)
        {
            _report.Complain(
                LaneInvariant.VenueAgrees,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_symbols[symbol]}: the venue has {_venue(symbol)}, the engine {net}, for {DifferMaxUs / 60_000_000} minutes"
                )
            );
            _differs[symbol] = (difference, nowUs);
        }
    }

    /// <summary>An order that is under way has its place and its reservation in the kernel, and no place is held for nothing.</summary>
    private void CheckPlaces(TradingEngine engine)
    {
        for (int i = 0; i < _symbols.Count; i++)
        {
            bool works = engine.StateOf(i).Working.IsWorking;
            bool isAny = false;
            bool isEntry = false;
            foreach (MirroredIntent open in _mirror.Open)
            {
                bool isMeant = open.Row.Symbol == _symbols[i];
                isAny |= isMeant;
                isEntry |= isMeant && !open.Row.ReduceOnly && open.Row.Owner == IntentOwner.Engine;
            }

            if (works ? !isAny : isEntry)
            {
                _report.Complain(
                    LaneInvariant.Reservations,
                    works
                        ? $"{_symbols[i]}: the kernel waits for an order, and none is under way"
                        : $"{_symbols[i]}: an entry is under way, and nothing is reserved for it"
                );
            }
        }
    }

    /// <summary>What is kept is what was written down: cash, and what is latched.</summary>
    private void CheckKept(TradingEngine engine)
    {
        decimal cash = engine.AccountPortfolio("").Cash;
        if (cash != _mirror.Cash)
        {
            _report.Complain(LaneInvariant.CashIsExact, $"the engine has {cash} in cash, its ledger {_mirror.Cash}");
        }

        IReadOnlyCollection<KillLatch> latched = engine.Risk?.Latches.Active ?? [];
        bool isSame =
            latched.Count == _mirror.Kills.Count
            && latched.All(l => _mirror.Kills.TryGetValue(l.Key, out string? mode) && KillRows.WordOf(l.Mode) == mode);
        if (!isSame)
        {
            string says = string.Join(", ", latched.Select(l => $"{l.Key} {l.Mode}"));
            string wrote = string.Join(", ", _mirror.Kills.Select(k => $"{k.Key} {k.Value}"));
            _report.Complain(LaneInvariant.HaltsHold, $"latched are [{says}], the ledger says [{wrote}]");
        }
    }

    /// <summary>What the day began with changes at midnight and with transfers; the loss of a day is not forgotten over a restart.</summary>
    private void RememberDay(TradingEngine engine)
    {
        double start = engine.Risk?.DayStart ?? 0.0;
        long nowUs = _lane.Process.Scheduler.NowUs;
        if (_lane.Process.Starts != _starts)
        {
            // What was read in the last minutes before a crash may not have been written: the next life reads it anew.
            _isYoung = _starts > 0 && _seenUs - _dayStartUs < YoungUs;
            (_starts, _bornUs) = (_lane.Process.Starts, nowUs);
        }

        _seenUs = nowUs;
        int told = _transfersSeen;
        _transfersSeen = _mirror.Transfers;
        if (start == _dayStart)
        {
            return;
        }

        // A clock that was stepped may bring the day some seconds early; what changes in these seconds for a transfer is of the old day all the same.
        long wallMs = _lane.Process.Now.WallMs;
        bool isKnown = _dayStart != 0.0;
        bool isNew = (wallMs + ClockSlackMs) / DayMs > _day || _mirror.Transfers > _transfers;
        bool isYoung = _isYoung && nowUs - _bornUs < YoungUs;
        if (isKnown && !isNew && !isYoung)
        {
            _report.Complain(LaneInvariant.LimitsHold, $"the day began with {_dayStart} USD, and now with {start}");
        }

        if (!isYoung)
        {
            // What became known together with the change, when a ledger that failed is written again, may be in a later reading of the equity only.
            (_day, _transfers) = (wallMs / DayMs, told);
        }

        // What a young life has read anew may be lost by the next crash as well.
        (_dayStart, _dayStartUs) = (start, nowUs);
    }

    private void RequirePrice(OrderIntent order, TradingEngine engine)
    {
        int rank = engine.RankOf(order.Symbol);
        long ageMs = _lane.Process.Now.MonotonicMs - _pricedMs[rank];
        if (_pricedMs[rank] == 0 || ageMs > engine.Settings.PriceMaxAgeMs)
        {
            _report.Complain(
                LaneInvariant.PricesAreFresh,
                $"{order.Symbol}: {order.Id} was decided when the newest price was {ageMs} ms old"
            );
        }
    }

    /// <summary>An operator's order that rests at the venue is known where it stands, and nothing waits for its end.</summary>
    private void RequireRecovered(OrderIntent order)
    {
        if (_earlier.FirstOrDefault(i => i.Status < IntentStatus.Filled && !i.Rests) is { } open)
        {
            _report.Complain(
                LaneInvariant.RecoveryEnds,
                $"{order.Symbol}: {order.Id} was decided while {open.Row.IntentId} of an earlier life is {open.Status}"
            );
        }
    }
}
