using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>Money, positions and memory of the naive loop: dictionaries keyed by symbol name.</summary>
internal sealed class NaiveAccount(ReplayCase run)
{
    private static readonly Dictionary<string, long> NoTimes = new(StringComparer.Ordinal);
    private readonly List<string> _symbols = run.Market.Symbols;
    private long _opened;

    public double Balance { get; private set; } = run.InitState?.Balance ?? run.Balance;

    /// <summary>Σ margin of positions, kept as a running sum in the order of bookings.</summary>
    public double Margin { get; private set; }

    public ulong Hash { get; private set; } = StateHash.Seed;

    public SortedDictionary<string, NaivePosition> Positions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> LastEntryMs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (long TimeMs, Side Side, bool WasFlip)> LastExit { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Marks { get; } = new(StringComparer.Ordinal);

    public List<Booking> Bookings { get; } = [];

    public double Equity
    {
        get
        {
            double equity = Balance;
            foreach (NaivePosition position in Positions.Values)
            {
                equity += position.Unrealised(MarkOf(position));
            }

            return equity;
        }
    }

    public double Notional => Positions.Values.Sum(p => p.Size * MarkOf(p));

    public double Maintenance => Positions.Values.Sum(p => TermsOf(p.Symbol).Maintenance(p.Size * MarkOf(p)));

    /// <summary>Nearest multiple of 10⁻¹², ties away from zero; zero has no sign.</summary>
    public static double Round12(double x) => Math.Round(x * 1e12, MidpointRounding.AwayFromZero) / 1e12 + 0.0;

    /// <summary>Last known price; a position that never had one is taken at its entry.</summary>
    public double MarkOf(NaivePosition position) => Marks.GetValueOrDefault(position.Symbol, position.EntryPrice);

    public InstrumentTerms TermsOf(string symbol) => run.Terms is null ? default : run.Terms[symbol];

    public EquityPoint Point(long now) => new(now, Balance, Equity, Notional, Margin, Positions.Count);

    public void Start()
    {
        foreach (InitPosition init in (run.InitState?.Positions ?? []).OrderBy(p => p.Symbol, StringComparer.Ordinal))
        {
            Margin += init.Margin;
            Positions[init.Symbol] = new NaivePosition
            {
                Symbol = init.Symbol,
                Side = init.Side,
                Confidence = init.Confidence,
                Id = ++_opened,
                OpenedAtMs = init.OpenedAtMs,
                FirstEntryPrice = init.EntryPrice,
                EntryAtr = init.EntryAtr,
                EntryAdxThreshold = init.EntryAdxThreshold,
                Leverage = init.Leverage,
                Size = init.Size,
                EntryPrice = init.EntryPrice,
                Margin = init.Margin,
                Best = init.EntryPrice,
                Worst = init.EntryPrice,
                TrailingStop = init.TrailingStop,
                LastAddMs = init.LastAddMs,
                Adds = init.Adds,
                PartialTaken = init.PartialTaken,
            };
        }

        foreach ((string symbol, long time) in run.InitState?.LastEntryMs ?? NoTimes)
        {
            LastEntryMs[symbol] = time;
        }

        foreach ((string symbol, long time) in run.InitState?.LastExitMs ?? NoTimes)
        {
            LastExit[symbol] = (time, Side.Flat, false);
        }
    }

    /// <summary>Price with slippage against the trader, then on the venue's grid.</summary>
    public double FillPrice(string symbol, double price, bool buys)
    {
        double slip = run.Parameters[symbol].Trade.SlippageBps / 10000.0;
        return TermsOf(symbol).RoundPrice(Round12(price * (buys ? 1.0 + slip : 1.0 - slip)), buys);
    }

    public double Fee(string symbol, double notional) => Round12(notional * (run.Parameters[symbol].Trade.TakerFeeBps / 10000.0));

    /// <summary>Opens or adds; the caller has checked every limit.</summary>
    public void Buy(
        long now,
        string symbol,
        Signal signal,
        double size,
        double fill,
        double leverage,
        double atr,
        ReasonCode reason
    )
    {
        double notional = Round12(fill * size);
        double fee = Fee(symbol, notional);
        double margin = notional / leverage;
        bool add = Positions.TryGetValue(symbol, out NaivePosition? position);
        if (position is null)
        {
            position = new NaivePosition
            {
                Symbol = symbol,
                Side = signal.Side,
                Confidence = signal.Confidence,
                Id = ++_opened,
                OpenedAtMs = now,
                FirstEntryPrice = fill,
                EntryAtr = atr,
                EntryAdxThreshold = signal.EntryAdxThreshold,
                Leverage = leverage,
                EntryPrice = fill,
                Best = fill,
                Worst = fill,
                LastAddMs = now,
            };
            Positions[symbol] = position;
        }
        else
        {
            double total = position.Size + size;
            position.EntryPrice = total < 1e-12 ? fill : (position.EntryPrice * position.Size + fill * size) / total;
            position.Adds++;
            position.LastAddMs = now;
        }

        position.Size += size;
        position.Margin += margin;
        position.EntryFees += fee;
        LastEntryMs[symbol] = now;
        Balance -= fee;
        Margin += margin;
        Mix(now, symbol, reason, fill, size);

        Booking booking = Describe(now, position, add ? OrderAction.Add : OrderAction.Open, reason);
        booking.Confidence = signal.Confidence;
        booking.EntryAtr = atr;
        booking.Price = fill;
        booking.Size = size;
        booking.Notional = notional;
        booking.Fee = fee;
        booking.Margin = position.Margin;
        booking.Value = add ? position.Adds : 0.0;
        Bookings.Add(booking);
    }

    /// <summary>Closes <paramref name="size"/> of a position, all of it when that is its size.</summary>
    public void Sell(long now, NaivePosition position, double size, double price, ReasonCode reason, double[] values)
    {
        bool whole = size == position.Size;
        double fill = FillPrice(position.Symbol, price, !position.IsLong);
        double notional = Round12(fill * size);
        double pnl = Round12(position.Direction * (fill - position.EntryPrice) * size);
        double fee = Fee(position.Symbol, notional);
        double share = size / position.Size;
        double margin = whole ? position.Margin : position.Margin * share;
        double entryFees = whole ? position.EntryFees : position.EntryFees * share;
        Balance += pnl - fee;
        Margin -= margin;
        LastExit[position.Symbol] = (now, position.Side, reason == ReasonCode.SignalFlip);
        Mix(now, position.Symbol, reason, fill, size);

        Booking booking = Describe(now, position, whole ? OrderAction.Close : OrderAction.Reduce, reason);
        booking.Price = fill;
        booking.Size = size;
        booking.Notional = notional;
        booking.Pnl = pnl;
        booking.Fee = fee;
        booking.EntryFees = entryFees;
        booking.Margin = margin;
        booking.Value = values.ElementAtOrDefault(0);
        booking.Value2 = values.ElementAtOrDefault(1);
        booking.Value3 = values.ElementAtOrDefault(2);
        Bookings.Add(booking);

        if (!whole)
        {
            position.Size -= size;
            position.Margin -= margin;
            position.EntryFees -= entryFees;
            return;
        }

        Positions.Remove(position.Symbol);
        if (Positions.Count == 0)
        {
            Margin = 0.0;
        }
    }

    public void PayFunding(long boundary, NaivePosition position, double rate)
    {
        double mark = MarkOf(position);
        double payment = Round12((0.0 - position.Direction * position.Size) * mark * rate);
        Balance += payment;
        Mix(boundary, position.Symbol, ReasonCode.FundingPayment, mark, position.Size);
        Booking booking = Describe(boundary, position, OrderAction.Funding, ReasonCode.FundingPayment);
        booking.Price = mark;
        booking.Size = position.Size;
        booking.Notional = position.Size * mark;
        booking.Pnl = payment;
        booking.Margin = position.Margin;
        booking.Value = rate;
        Bookings.Add(booking);
    }

    public void StopMoved(long now, NaivePosition position) =>
        Mix(now, position.Symbol, ReasonCode.StopMoved, position.TrailingStop ?? 0.0, position.Size);

    public void Seal()
    {
        Hash = StateHash.Mix(StateHash.Mix(Hash, Balance), Margin);
        foreach (NaivePosition position in Positions.Values)
        {
            Hash = StateHash.Mix(Hash, (ulong)_symbols.IndexOf(position.Symbol));
            Hash = StateHash.Mix(Hash, position.Direction * position.Size);
            Hash = StateHash.Mix(Hash, position.EntryPrice);
            Hash = StateHash.Mix(Hash, position.TrailingStop ?? 0.0);
        }
    }

    private void Mix(long now, string symbol, ReasonCode reason, double price, double size) =>
        Hash = StateHash.Event(Hash, now, _symbols.IndexOf(symbol), reason, price, size);

    private Booking Describe(long now, NaivePosition position, OrderAction action, ReasonCode reason) =>
        new()
        {
            TimeMs = now,
            Symbol = _symbols.IndexOf(position.Symbol),
            Action = action,
            Reason = reason,
            Balance = Balance,
            PositionId = position.Id,
            Side = position.Side,
            Confidence = position.Confidence,
            OpenedAtMs = position.OpenedAtMs,
            EntryAtr = position.EntryAtr,
            EntryPrice = position.EntryPrice,
            FirstEntryPrice = position.FirstEntryPrice,
            Leverage = position.Leverage,
            BestPrice = position.Best,
            WorstPrice = position.Worst,
            TrailingStop = position.TrailingStop ?? 0.0,
        };
}
