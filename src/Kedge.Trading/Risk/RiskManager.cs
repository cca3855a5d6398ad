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
public sealed partial class RiskManager
{
    /// <summary>Reservations that may be open at once.</summary>
    public const int MaxReservations = 64;

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

    /// <summary>Equity at 00:00 UTC, transfers since then taken in, USD; 0 before equity was ever read.</summary>
    public double DayStart => _losses.DayStart;

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

        RiskDecision entry = request.Action.IsEntry() ? CheckEntry(in request, in view, in now) : RiskDecision.Allowed;
        return entry.IsAllowed ? _rates.Check(in request, now.MonotonicMs) : entry;
    }

    /// <summary>Looks whether an entry that was let through and has not left would be let through now; its place in the rates is spent.</summary>
    /// <param name="request">The entry.</param>
    /// <param name="view">What else is held and on its way.</param>
    /// <param name="now">The moment.</param>
    public RiskDecision CheckAgain(in RiskRequest request, in RiskView view, in Now now)
    {
        RiskCode kill = KillRules.Refuses(Latches.Mode, request.Action, request.ByOperator);
        return kill != RiskCode.None ? new RiskDecision(kill, (int)Latches.Mode, 0) : CheckEntry(in request, in view, in now);
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
