using System.Buffers;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>
/// Every limit on orders, and what latches when too much was lost. Deterministic and on one thread: it has no clock, reads nothing and allocates nothing per
/// check. Time comes with each call: rates run on the monotonic clock, days on the wall clock. Entries fail closed; exits are refused by <c>halt_all</c> and
/// <c>hard_kill</c> only, those that can wait also by their own rate.
/// </summary>
/// <remarks>
/// An order: <see cref="Reserve"/>, then everything else that may refuse, then <see cref="Commit"/> or <see cref="Release"/>. The portfolio: a transfer, a fill
/// and a booking when they are booked, <see cref="OnEquity"/> after every account sync, <see cref="OnTime"/> at least once a second.
/// </remarks>
public sealed class RiskManager
{
    /// <summary>Reservations that may be open at once.</summary>
    public const int MaxReservations = 64;

    private const int StateVersion = 1;
    private const long ReminderMs = 300_000;

    private readonly string[] _symbols;
    private readonly bool[] _isAlt;
    private readonly RateLimits _rates;
    private readonly LossLimits _losses = new();
    private readonly SlippageGuard _slippage;
    private readonly PerformanceStop _performance = new();
    private readonly RoundTrips _trips;
    private readonly HashSet<long> _open = new(MaxReservations);
    private readonly long[] _refusals = new long[(int)RiskCode.CancelRate + 1];
    private RiskClock _clock;
    private long _reservations;
    private long _receipts;
    private long _remindedAtMs;
    private bool _reminded;

    /// <summary>A manager without history.</summary>
    /// <param name="settings">The limits.</param>
    /// <param name="symbols">Symbols by ordinal rank, as the venue spells them.</param>
    public RiskManager(RiskSettings settings, IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(symbols);
        Settings = settings;
        _symbols = [.. symbols];
        _isAlt = new bool[_symbols.Length];
        _rates = new RateLimits(settings, _symbols.Length);
        _slippage = new SlippageGuard(settings.SlippageGuard);
        _trips = new RoundTrips(_symbols.Length);
        Health = new HealthGuards(Switches, settings.Health);
        MarkAlts();
    }

    /// <summary>The limits in force.</summary>
    public RiskSettings Settings { get; private set; }

    /// <summary>Kill switches: set, lift, ask.</summary>
    public KillSwitches Switches { get; } = new();

    /// <summary>All latches; the most severe rules.</summary>
    public KillLatches Latches => Switches.Latches;

    /// <summary>What goes wrong inside.</summary>
    public HealthGuards Health { get; }

    /// <summary>Whether the drawdown latch wants every position closed.</summary>
    public bool ClosesAll => Settings.DrawdownReducePolicy == DrawdownReducePolicy.CloseAll && Latches.IsSet(KillKeys.Drawdown);

    /// <summary>Percent lost since the highest equity.</summary>
    public double DrawdownPct => _losses.DrawdownPct;

    /// <summary>Highest equity, transfers since then taken in, USD.</summary>
    public double HighWaterMark => _losses.Peak;

    /// <summary>Percent lost since 00:00 UTC, transfers taken out; negative when gained.</summary>
    public double DailyLossPct => _losses.DailyLossPct;

    /// <summary>USD lost since 00:00 UTC, transfers taken out; negative when gained.</summary>
    public double DailyLossUsd => _losses.DailyLossUsd;

    /// <summary>Median slippage of the full window, basis points; 0 before it is full.</summary>
    public double SlippageMedianBps => _slippage.MedianBps;

    /// <summary>Fills without a quote at submit, which say nothing about slippage.</summary>
    public long UnmeasuredFills => _slippage.Unmeasured;

    /// <summary>Receipts issued.</summary>
    public long Receipts => _receipts;

    /// <summary>How often a code refused a reservation.</summary>
    public long Refusals(RiskCode code) => _refusals[(int)code];

    /// <summary>Until when entries in a symbol pause, UTC epoch milliseconds; 0 or past when they do not.</summary>
    public long PausedUntilMs(int symbol) => _trips.PausedUntilMs(symbol);

    /// <summary>Takes on other limits at once. What was counted stays counted.</summary>
    public void Change(RiskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        _rates.Change(settings);
        _slippage.Change(settings.SlippageGuard);
        Health.Change(settings.Health);
        MarkAlts();
    }

    /// <summary>An empty view for a request.</summary>
    /// <param name="symbol">Rank of the symbol that asks.</param>
    /// <param name="equity">Equity, USD; not a number when it is not known.</param>
    public static RiskView View(int symbol, double equity)
    {
        RiskView view = default;
        view.Symbol = symbol;
        view.Equity = equity;
        return view;
    }

    /// <summary>Counts a symbol into a view. A symbol with two entry orders is counted twice, the second time without its position.</summary>
    public void Count(ref RiskView view, in RiskPosition position) =>
        Exposures.Count(ref view, in position, Settings.Heat, _isAlt[position.Symbol]);

    /// <summary>Looks whether an order would be let through. Nothing is taken, nothing is counted.</summary>
    public RiskDecision Check(in RiskRequest request, in RiskView view, in Now now)
    {
        if (request.Urgency == OrderUrgency.Forced && !request.Action.IsEntry())
        {
            return RiskDecision.Allowed;
        }

        RiskCode kill = KillRules.Refuses(Latches.Mode, request.Action, request.ByOperator);
        if (kill != RiskCode.None)
        {
            return new RiskDecision(kill, (int)Latches.Mode, 0);
        }

        if (request.Action.IsEntry())
        {
            RiskDecision entry = CheckEntry(in request, in view, in now);
            if (!entry.IsAllowed)
            {
                return entry;
            }
        }

        return _rates.Check(in request, now.MonotonicMs);
    }

    /// <summary>Checks an order and, when it is let through, holds its place in every bucket.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxReservations"/> are open: one was neither committed nor released.</exception>
    public RiskDecision Reserve(in RiskRequest request, in RiskView view, in Now now, out RiskReservation reservation)
    {
        RiskDecision decision = Check(in request, in view, in now);
        if (!decision.IsAllowed)
        {
            _refusals[(int)decision.Code]++;
            reservation = default;
            return decision;
        }

        if (_open.Count >= MaxReservations)
        {
            throw new InvalidOperationException($"{MaxReservations} reservations are open; commit or release each.");
        }

        reservation = _rates.Reserve(++_reservations, in request);
        _open.Add(reservation.Id);
        return decision;
    }

    /// <summary>The order goes: what was held is spent, and the receipt is issued.</summary>
    /// <exception cref="InvalidOperationException">It was committed or released before.</exception>
    public RiskReceipt Commit(in RiskReservation reservation, in Now now)
    {
        Close(in reservation);
        _rates.Commit(in reservation, now.MonotonicMs);
        return RiskReceipt.ByRisk(++_receipts);
    }

    /// <summary>The order does not go: what was held is given back.</summary>
    /// <exception cref="InvalidOperationException">It was committed or released before.</exception>
    public void Release(in RiskReservation reservation)
    {
        Close(in reservation);
        _rates.Release(in reservation);
    }

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

    /// <summary>Writes the whole state. Open reservations are not part of it: their orders have not gone.</summary>
    public void Save(in Now now, IBufferWriter<byte> into)
    {
        StateWriter writer = new(into);
        writer.Int(StateVersion);
        _clock.Save(ref writer);
        writer.Long(_receipts);
        _rates.Save(ref writer, now.MonotonicMs);
        _losses.Save(ref writer, now.MonotonicMs);
        _slippage.Save(ref writer);
        _performance.Save(ref writer);
        Switches.Save(ref writer);
        Health.Save(ref writer, now.MonotonicMs);
        writer.Int(_symbols.Length);
        for (int i = 0; i < _symbols.Length; i++)
        {
            writer.Text(_symbols[i]);
            _rates.SaveSymbol(ref writer, i, now.MonotonicMs);
            _trips.Save(ref writer, i);
        }
    }

    /// <summary>Takes over a saved state, at the start only. Symbols are found by name; the time since the saving refills no bucket.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut, or of another version.</exception>
    public void Restore(ReadOnlySpan<byte> state, in Now now)
    {
        StateReader reader = new(state);
        if (reader.Int() != StateVersion)
        {
            throw new InvalidDataException("The saved risk state is of another version.");
        }

        long savedWallMs = _clock.Restore(ref reader, in now);
        long downMs = Math.Max(0, _clock.WallMs - savedWallMs);
        _receipts = reader.Long();
        _rates.Restore(ref reader, now.MonotonicMs);
        _losses.Restore(ref reader, now.MonotonicMs, downMs);
        _slippage.Restore(ref reader);
        _performance.Restore(ref reader);
        Switches.Restore(ref reader);
        Health.Restore(ref reader, now.MonotonicMs);
        _open.Clear();
        for (int n = reader.Count(int.MaxValue); n > 0; n--)
        {
            int symbol = Array.IndexOf(_symbols, reader.Text());
            _rates.RestoreSymbol(ref reader, symbol, now.MonotonicMs);
            _trips.Restore(ref reader, symbol);
        }

        reader.End();
    }

    private RiskDecision CheckEntry(in RiskRequest request, in RiskView view, in Now now)
    {
        long age = now.MonotonicMs - _losses.EquityMonotonicMs;
        if (!_losses.IsKnown || age > Settings.EquityMaxAgeS * 1000L)
        {
            return new RiskDecision(RiskCode.EquityUnknown, _losses.IsKnown ? age / 1000.0 : double.NaN, Settings.EquityMaxAgeS);
        }

        long paused = _trips.PausedUntilMs(request.Symbol);
        if (paused > 0 && _clock.WallMs < paused)
        {
            return new RiskDecision(RiskCode.LossStreak, (paused - _clock.WallMs) / 60_000.0, 0);
        }

        return EntryLimits.Check(Settings, in request, in view, _isAlt[request.Symbol]);
    }

    private void Close(in RiskReservation reservation)
    {
        if (!_open.Remove(reservation.Id))
        {
            throw new InvalidOperationException(
                $"Reservation {reservation.Id} is not open: it was committed or released before."
            );
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

    private void MarkAlts()
    {
        IReadOnlyList<string> excluded = Settings.Concentration.Exclude;
        string? bitcoin = SymbolNames.Bitcoin(_symbols);
        for (int i = 0; i < _symbols.Length; i++)
        {
            _isAlt[i] =
                !string.Equals(_symbols[i], bitcoin, StringComparison.Ordinal)
                && !excluded.Contains(_symbols[i], StringComparer.OrdinalIgnoreCase);
        }
    }
}
