using System.Globalization;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Safety;
using KillLatch = Kedge.Trading.Safety.KillLatch;

namespace Kedge.Trading.Engine;

// The venue's account is held against the ledger. A difference that lasts is booked with its evidence, or stops entries when it is too large.
public sealed unsafe partial class TradingEngine
{
    private long _askedVenueMs = Never;
    private long _readHistoryMs = Never;

    // Long ago, and far enough from the ends of the numbers to be subtracted.
    private const long Never = long.MinValue / 2;
    private long _cashDifferenceSinceMs;
    private decimal _cashDifference;
    private int _cashAnswers;
    private long _adjustments;

    /// <summary>The venue has not been heard yet, or has shown a difference that more answers are to confirm.</summary>
    private bool AwaitsVenue
    {
        get
        {
            bool awaits = _settings.Mode != TradingMode.Paper && !_accountKnown;
            foreach (SymbolDesk desk in _symbols)
            {
                awaits |= IsBeingConfirmed(desk.DifferenceAnswers);
            }

            return awaits || IsBeingConfirmed(_cashAnswers);
        }
    }

    /// <summary>Answers that are to confirm a difference are asked for as soon as they can.</summary>
    private long AskEveryMs =>
        AwaitsVenue
            ? Math.Min(
                _settings.Live.ReconcileEveryMs,
                _settings.Live.DifferenceMs / Math.Max(1, _settings.Live.DifferenceAnswers)
            )
            : _settings.Live.ReconcileEveryMs;

    /// <summary>
    /// A difference has lasted half as long as one must before it is booked, and what was done has not been read that long: what explains it may be in a history that
    /// lagged behind the account, and would be booked a second time when it came.
    /// </summary>
    private bool MayBeHistory
    {
        get
        {
            bool may = IsBeingConfirmed(_cashAnswers) && IsHalfSure(_cashDifferenceSinceMs);
            foreach (SymbolDesk desk in _symbols)
            {
                may |= IsBeingConfirmed(desk.DifferenceAnswers) && IsHalfSure(desk.DifferenceSinceMs);
            }

            return may;
        }
    }

    /// <summary>A difference was shown, and not by more answers than it takes to book it: what outlasts them is asked for no more often than anything else.</summary>
    private bool IsBeingConfirmed(int answers) => answers > 0 && answers <= _settings.Live.DifferenceAnswers;

    private bool IsHalfSure(long sinceMs) =>
        _now.MonotonicMs - Math.Max(sinceMs, _readHistoryMs) >= _settings.Live.DifferenceMs / 2;

    private void AskVenue()
    {
        _askedVenueMs = _now.MonotonicMs;
        if (MayBeHistory)
        {
            _readHistoryMs = _now.MonotonicMs;
            Send(new VenueCommand.QueryHistory());
        }

        Send(new VenueCommand.QueryAccount());
        Send(new VenueCommand.QueryOpenOrders());
    }

    private void OnAccount(VenueEvent.AccountAnswered account)
    {
        if (account.Error is not null)
        {
            return;
        }

        if (_risk is not null)
        {
            Know((double)account.EquityUsd);
        }

        _riskMoved = true;
        decimal unrealised = 0m;
        Span<bool> seen = _memory.Symbols <= 1024 ? stackalloc bool[_memory.Symbols] : new bool[_memory.Symbols];
        foreach (PositionReport position in account.Positions)
        {
            unrealised += position.UnrealizedPnl;
            int symbol = RankOf(position.Symbol);
            if (symbol >= 0)
            {
                seen[symbol] = true;
                _leverage[symbol] = position.Leverage;
                Compare(symbol, position.Size, position.EntryPrice, account);
            }
        }

        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (!seen[i])
            {
                // Of what is not held the venue tells no leverage: somebody may have changed it, so the next entry sets it.
                _leverage[i] = 0;
                Compare(i, 0m, 0m, account);
            }
        }

        CompareCash(account.EquityUsd - unrealised, account);
        if (!_accountKnown)
        {
            _accountKnown = true;
            Note(
                "account_known",
                string.Create(CultureInfo.InvariantCulture, $"equity {account.EquityUsd}, {account.Positions.Count} positions")
            );
        }
    }

    private void Compare(int symbol, decimal venueSize, decimal entryPrice, VenueEvent.AccountAnswered account)
    {
        SymbolDesk desk = _symbols[symbol];
        decimal difference = venueSize - _book.Net(symbol);
        if (difference == 0m)
        {
            desk.IsConfirmed = true;
            desk.ExitsRefused = 0;
            desk.ExitWaitUntilMs = 0;
            desk.DifferenceSinceMs = 0;
            desk.DifferenceAnswers = 0;
            return;
        }

        if (desk.DifferenceSinceMs == 0 || desk.Difference != difference)
        {
            desk.DifferenceSinceMs = Math.Max(1, _now.MonotonicMs);
            desk.Difference = difference;
            desk.DifferenceAnswers = 0;
        }

        desk.DifferenceAnswers++;
        bool isQuiet = !IsMoving(symbol) && _now.MonotonicMs - desk.LastFillMs >= _settings.Live.DifferenceMs;
        bool isOld = _now.MonotonicMs - desk.DifferenceSinceMs >= _settings.Live.DifferenceMs;
        if (isQuiet && isOld && desk.DifferenceAnswers >= _settings.Live.DifferenceAnswers)
        {
            Adjust(symbol, difference, venueSize, entryPrice, account);
        }
    }

    private void Adjust(int symbol, decimal difference, decimal venueSize, decimal entryPrice, VenueEvent.AccountAnswered account)
    {
        SymbolDesk desk = _symbols[symbol];
        string name = _rules.Symbols[symbol];
        decimal price = entryPrice > 0m ? entryPrice : (decimal)Math.Max(0.0, _memory.States[symbol].Mark);
        decimal notional = Math.Abs(difference) * price;
        bool isLarge = account.EquityUsd <= 0m || (double)(notional / account.EquityUsd) > _settings.Live.MaxAutomaticDifference;
        bool isFirst = !desk.IsConfirmed && _book.Net(symbol) == 0m;
        if (isLarge && !isFirst)
        {
            KillLatch latch = new(
                KillKeys.Reconcile,
                KillMode.CloseOnly,
                $"{name}: venue has {venueSize}, ledger {_book.Net(symbol)}: too much to book unasked",
                _now.WallMs
            );
            _risk?.Switches.Set(latch, "reconciler", this);
            return;
        }

        string evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"venue: {desk.DifferenceAnswers} accounts in {(_now.MonotonicMs - desk.DifferenceSinceMs) / 1000} s show {venueSize}, the ledger has {_book.Net(symbol)}"
        );
        _rows.Add(
            new LedgerRow.AdjustmentBooked(
                _settings.Account,
                _now.WallMs,
                isFirst ? AdjustmentKind.Foreign : AdjustmentKind.Reconcile,
                NextAdjustment(),
                name,
                difference,
                0m,
                price > 0m ? Amount.Of(price) : null,
                evidence,
                ""
            )
        );
        decimal net = _book.Net(symbol);
        bool reduces = net != 0m && Math.Sign(net) != Math.Sign(difference);
        decimal reducing = reduces ? Math.Min(Math.Abs(net), Math.Abs(difference)) : 0m;
        if (reducing > 0m)
        {
            ForgetOwn(symbol, Shrink(symbol, reducing, net));
        }

        _book.Foreign(symbol) += Math.Sign(difference) * (Math.Abs(difference) - reducing);
        Settle(symbol);
        MarkDirty(symbol);
        desk.DifferenceSinceMs = 0;
        desk.DifferenceAnswers = 0;
        desk.IsConfirmed = true;
        Alert("position_adjusted", $"{name}: {evidence}; the difference is booked, others hold {_book.Foreign(symbol)}");
    }

    /// <summary>A part of the lane's position is gone without a fill: the kernel lets go of it at its entry price, for nobody knows a better one.</summary>
    private void ForgetOwn(int symbol, decimal size)
    {
        Position* position = &_memory.States[symbol].Position;
        if (size > 0m && position->IsOpen)
        {
            double share = Math.Min(1.0, (double)size / position->Size);
            _account->Margin -= position->Margin * share;
            position->Margin -= position->Margin * share;
        }
    }

    private void CompareCash(decimal venueCash, VenueEvent.AccountAnswered account)
    {
        decimal difference = venueCash - _book.Cash;
        if (!_book.HasStarted)
        {
            _book.HasStarted = true;
            BookCash(difference, $"venue: the account's cash is {venueCash} at the lane's start");
            return;
        }

        if (Math.Abs(difference) <= _settings.Live.CashTolerance)
        {
            _cashDifferenceSinceMs = 0;
            _cashAnswers = 0;
            return;
        }

        if (_cashDifferenceSinceMs == 0 || Math.Abs(difference - _cashDifference) > _settings.Live.CashTolerance)
        {
            _cashDifferenceSinceMs = Math.Max(1, _now.MonotonicMs);
            _cashDifference = difference;
            _cashAnswers = 0;
        }

        _cashAnswers++;
        bool isQuiet = _intents.Open.All(i => i.Rests) && _symbols.All(s => s.DifferenceSinceMs == 0);
        if (
            isQuiet
            && _cashAnswers >= _settings.Live.DifferenceAnswers
            && _now.MonotonicMs - _cashDifferenceSinceMs >= _settings.Live.DifferenceMs
        )
        {
            string evidence = $"venue: {_cashAnswers} accounts show cash {venueCash}, the ledger has {_book.Cash}";
            BookCash(difference, evidence);
            Alert("cash_adjusted", $"{evidence}; the difference of {difference} is booked");
            _cashDifferenceSinceMs = 0;
            _cashAnswers = 0;
        }
    }

    private void BookCash(decimal difference, string evidence)
    {
        _book.Cash += difference;
        _rows.Add(
            new LedgerRow.AdjustmentBooked(
                _settings.Account,
                _now.WallMs,
                AdjustmentKind.Reconcile,
                NextAdjustment(),
                null,
                0m,
                difference,
                null,
                evidence,
                ""
            )
        );
        LoadAccount();
        _isDirty = true;
    }

    private string NextAdjustment() =>
        string.Create(CultureInfo.InvariantCulture, $"{_now.WallMs}:{_batch + 1}:{++_adjustments}");

    /// <summary>The ledger's decimals are the account; the kernel works with what they are now.</summary>
    private void LoadAccount()
    {
        if (_settings.Mode != TradingMode.Paper && _book.HasStarted)
        {
            _account->Balance = (double)_book.Cash;
        }
    }

    private void OnInstruments(VenueEvent.InstrumentsAnswered answered)
    {
        if (answered.Error is not null || answered.Instruments.Count == 0)
        {
            return;
        }

        Dictionary<string, InstrumentSpec> specs = answered.Instruments.ToDictionary(i => i.Symbol, StringComparer.Ordinal);
        InstrumentSpec?[] mine = [.. _rules.Symbols.Select(s => specs.GetValueOrDefault(s))];
        for (int i = 0; i < mine.Length; i++)
        {
            if (mine[i] is null && _rules.Instruments?[i] is not null)
            {
                Alert("delisted", $"{_rules.Symbols[i]} trades no more at the venue; nothing is entered in it");
            }
        }

        InstrumentTerms[] terms = [.. mine.Select((s, i) => s?.ToTerms() ?? _memory.Terms[i])];
        for (int i = 0; i < terms.Length; i++)
        {
            _memory.Terms[i] = terms[i];
        }

        _rules = _rules with { Instruments = mine, Terms = terms };
    }
}
