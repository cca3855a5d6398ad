using System.Runtime.CompilerServices;

namespace Kedge.Exchange.Core.Accounts;

/// <summary>
/// Accounts, positions and money. It knows no orders. Account 0 is the house: the other side of deposits, fees, funding and bad debt, and owner
/// of synthetic liquidity; it needs no margin. Every movement has two ends, so all cash adds up to zero, and all sizes of a symbol do.
/// </summary>
internal sealed partial class Clearinghouse
{
    public const int House = 0;

    private readonly ExchangeSettings _settings;
    private readonly Instrument[] _instruments;
    private readonly SymbolState[] _symbols;
    private Account[] _accounts = new Account[16];
    private Position[] _positions;

    public Clearinghouse(ExchangeSettings settings)
    {
        if (settings.Instruments.Count is < 1 or > Bounds.SymbolsMax)
        {
            throw new ArgumentException("An exchange has 1 to 256 instruments.", nameof(settings));
        }

        _settings = settings;
        _instruments = [.. settings.Instruments];
        _symbols = new SymbolState[_instruments.Length];
        for (int symbol = 0; symbol < _symbols.Length; symbol++)
        {
            SetSizeDecimals(symbol, _instruments[symbol].SizeDecimals);
        }

        _positions = new Position[_accounts.Length * _instruments.Length];
        int house = Open(-1);
        _accounts[house].MakerFeeRate = _accounts[house].TakerFeeRate = 0;
    }

    public int Accounts { get; private set; }

    public int Symbols => _instruments.Length;

    public Totals Totals { get; private set; }

    public ref Account this[int account]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _accounts[account];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Position Position(int account, int symbol) => ref _positions[(account * _instruments.Length) + symbol];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SymbolState Symbol(int symbol) => ref _symbols[symbol];

    public Instrument Instrument(int symbol) => _instruments[symbol];

    /// <summary>Opens an account and returns its number.</summary>
    public int Open(int master)
    {
        if (Accounts == _accounts.Length)
        {
            Array.Resize(ref _accounts, Accounts * 2);
            Array.Resize(ref _positions, _accounts.Length * _instruments.Length);
        }

        int account = Accounts++;
        _accounts[account] = new Account
        {
            Master = master,
            FirstOrder = -1,
            LastOrder = -1,
            MakerFeeRate = _settings.MakerFeeRate,
            TakerFeeRate = _settings.TakerFeeRate,
        };
        for (int symbol = 0; symbol < _instruments.Length; symbol++)
        {
            ref Position position = ref Position(account, symbol);
            position.Leverage = Math.Min(_settings.DefaultLeverage, _instruments[symbol].Margin.MaxLeverage);
            position.IsIsolated = _instruments[symbol].OnlyIsolated && account != House;
        }

        return account;
    }

    /// <summary>A fee, rounded up; a rebate, rounded down.</summary>
    public static long Fee(long notional, int rate)
    {
        // notional × rate may pass 64 bits; the two parts do not.
        long whole = notional / Bounds.FeeRateUnit;
        long rest = notional - (whole * Bounds.FeeRateUnit);
        long part = rest * rate;
        return (whole * rate) + (part > 0 ? (part + Bounds.FeeRateUnit - 1) / Bounds.FeeRateUnit : part / Bounds.FeeRateUnit);
    }

    /// <summary>
    /// Whether an account can carry a trade. One that only makes a position smaller always passes; otherwise the value after it must cover the
    /// initial margin after it, and the leverage must be allowed at the new size.
    /// </summary>
    public OrderStatus Check(int account, int symbol, long lots, long price, int feeRate)
    {
        if (account == House)
        {
            return OrderStatus.None;
        }

        ref Position position = ref Position(account, symbol);
        long size = position.Size;
        long after = size + lots;
        if (size != 0 && (size ^ lots) < 0 && (after == 0 || (after ^ size) >= 0))
        {
            return OrderStatus.None;
        }

        long mark = _symbols[symbol].Mark;
        long notionalAfter = Math.Abs(after) * mark;
        if (position.Leverage > _instruments[symbol].Margin.MaxLeverageAt(notionalAfter))
        {
            return OrderStatus.PerpMaxPositionRejected;
        }

        ref Account a = ref _accounts[account];
        long fee = Fee(Math.Abs(lots) * price, feeRate);
        bool enough = position.IsIsolated
            ? CanFundIsolated(in a, in position, lots, price) >= fee
            : a.CrossValue + (lots * (mark - price)) - fee
                >= a.CrossInitial - position.Initial + MarginTable.CeilingDivide(notionalAfter, position.Leverage);
        return enough ? OrderStatus.None : OrderStatus.PerpMarginRejected;
    }

    /// <summary>Applies one side of a trade at a price. The fee goes to the house.</summary>
    public TradeResult Trade(int account, int symbol, long lots, long price, int feeRate)
    {
        ref Account a = ref _accounts[account];
        ref Position position = ref Position(account, symbol);
        long start = position.Size;
        bool reduces = start != 0 && (start ^ lots) < 0;
        long closing =
            !reduces ? 0
            : Math.Abs(lots) > Math.Abs(start) ? -start
            : lots;
        long opening = lots - closing;
        long fee = Fee(Math.Abs(lots) * price, feeRate);
        long pnl = 0;

        Detach(ref a, in position, symbol);
        if (closing != 0)
        {
            long share =
                closing == -start ? position.Entry : (long)((Int128)position.Entry * Math.Abs(closing) / Math.Abs(start));
            pnl = -(closing * price) - share;
            Close(ref a, ref position, closing, price, pnl);
            position.Entry -= share;
            position.Size += closing;
        }

        if (opening != 0)
        {
            if (position.Size == 0)
            {
                position.FundingSinceOpen = 0;
            }

            OpenMore(ref a, ref position, opening, price);
            position.Entry += opening * price;
            position.Size += opening;
        }

        Attach(ref a, ref position, symbol);
        _symbols[symbol].OpenInterest += Math.Max(position.Size, 0) - Math.Max(start, 0);
        long notional = Math.Abs(lots) * price;
        a.Volume = Math.Min(a.Volume, long.MaxValue - notional) + notional;
        PayFee(ref a, fee);
        return new TradeResult(fee, pnl, start, start != 0 && (position.Size == 0 || (position.Size ^ start) < 0));
    }

    /// <summary>Moves cross cash. The caller has checked that it is there.</summary>
    public void Move(int from, int to, long amount)
    {
        _accounts[from].Raw -= amount;
        _accounts[to].Raw += amount;
        if (from == House || to == House)
        {
            Totals = Totals with { Deposits = Totals.Deposits + (from == House ? amount : -amount) };
        }
    }

    /// <summary>
    /// Cross cash that may leave: value above initial margin and above a tenth of the notional, so that the check of every open position
    /// still holds.
    /// </summary>
    public long Withdrawable(int account)
    {
        if (account == House)
        {
            return Bounds.MoneyMax;
        }

        ref Account a = ref _accounts[account];
        long notional = 0;
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            ref Position position = ref Position(account, symbol);
            notional += position.IsIsolated ? 0 : Math.Abs(position.Size) * _symbols[symbol].Mark;
        }

        long needed = Math.Max(a.CrossInitial, MarginTable.CeilingDivide(notional, 10));
        return Math.Max(0, Math.Min(a.CrossValue, a.CrossValue - needed));
    }

    /// <summary>Puts back what an account without cross positions owes. Returns what the house paid.</summary>
    public long CoverBadDebt(int account)
    {
        ref Account a = ref _accounts[account];
        if (account == House || a.Raw >= 0 || a.CrossPositions > 0)
        {
            return 0;
        }

        long owed = -a.Raw;
        a.Raw = 0;
        _accounts[House].Raw -= owed;
        Totals = Totals with { BadDebt = Totals.BadDebt + owed };
        return owed;
    }

    /// <summary>A new mark and oracle; the sums of all who hold the symbol follow.</summary>
    public void SetPrice(int symbol, long mark, long oracle)
    {
        _symbols[symbol].Oracle = oracle;
        if (_symbols[symbol].Mark == mark)
        {
            return;
        }

        for (int account = 0; account < Accounts; account++)
        {
            ref Position position = ref Position(account, symbol);
            if (position.Size != 0)
            {
                Detach(ref _accounts[account], in position, symbol);
            }
        }

        _symbols[symbol].Mark = mark;
        for (int account = 0; account < Accounts; account++)
        {
            ref Position position = ref Position(account, symbol);
            if (position.Size != 0)
            {
                Attach(ref _accounts[account], ref position, symbol);
            }
        }
    }

    /// <summary>Sets the decimals of new sizes.</summary>
    public void SetSizeDecimals(int symbol, int decimals)
    {
        _symbols[symbol].SizeDecimals = decimals;
        _symbols[symbol].SizeStep = _instruments[symbol].LotsPerUnit(decimals);
    }

    private void PayFee(ref Account account, long fee)
    {
        if (fee != 0)
        {
            account.Raw -= fee;
            _accounts[House].Raw += fee;
            Totals = Totals with { Fees = Totals.Fees + fee };
        }
    }

    /// <summary>Takes a position out of the sums of its account.</summary>
    private void Detach(ref Account account, in Position position, int symbol)
    {
        if (position.IsIsolated || position.Size == 0)
        {
            return;
        }

        account.CrossNotional -= position.Size * _symbols[symbol].Mark;
        account.CrossInitial -= position.Initial;
        account.CrossMaintenance -= position.Maintenance;
        account.CrossPositions--;
    }

    /// <summary>Computes what a position needs at the mark and puts it into the sums.</summary>
    private void Attach(ref Account account, ref Position position, int symbol)
    {
        long value = position.Size * _symbols[symbol].Mark;
        long notional = Math.Abs(value);
        position.Initial = MarginTable.CeilingDivide(notional, position.Leverage);
        position.Maintenance = _instruments[symbol].Margin.Maintenance(notional);
        if (position.IsIsolated || position.Size == 0)
        {
            return;
        }

        account.CrossNotional += value;
        account.CrossInitial += position.Initial;
        account.CrossMaintenance += position.Maintenance;
        account.CrossPositions++;
    }
}
