using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Reports;

/// <summary>A made-up replay that looks like a real one: random walks, random entries, adds, partial exits and funding. Seeded.</summary>
internal sealed class SampleReplay
{
    private const long HourMs = 3_600_000;
    private const long StartMs = 1_704_067_200_000; // 2024-01-01
    private const int Lookback = 200;
    private const double FeeRate = 0.00045;
    private const double SlippageBps = 2.0;

    private static readonly ReasonCode[] Exits =
    [
        ReasonCode.StopLoss,
        ReasonCode.TrailingStop,
        ReasonCode.TakeProfit,
        ReasonCode.TrendExhaustion,
        ReasonCode.TrendBreakdown,
        ReasonCode.Stagnation,
        ReasonCode.RsiOverbought,
        ReasonCode.SignalFlip,
        ReasonCode.MacdDivergence,
    ];

    private readonly List<Booking> _bookings = [];
    private readonly List<EquityPoint> _equity = [];
    private GateFunnel _funnel;
    private readonly string[] _symbols;
    private readonly Bar[][] _bars;
    private readonly Position[] _positions;
    private uint _seed;
    private Account _account = new(10_000.0);

    private SampleReplay(string[] symbols, int bars, uint seed)
    {
        _symbols = symbols;
        _seed = seed;
        _bars = [.. symbols.Select((_, s) => Walk(bars, s))];
        _positions = new Position[symbols.Length];
    }

    public static ReplayResult Make(int bars = 5_000, uint seed = 7, params string[] symbols)
    {
        symbols = symbols.Length > 0 ? symbols : ["AVAX", "BTC", "DOGE", "ETH", "SOL", "kPEPE"];
        SampleReplay sample = new(symbols, bars, seed);
        for (int i = Lookback - 1; i < bars; i++)
        {
            sample.Tick(i, last: i == bars - 1);
        }

        return sample.Result(bars);
    }

    private ReplayResult Result(int bars) =>
        new()
        {
            Run = new ReplayRun
            {
                Version = "0.1.0",
                ConfigId = new string('c', 64),
                DataHash = new string('d', 64),
                Command = "kedge replay --config config/strategy_overrides.yaml --candles-db candles.db --interval 1h",
                Interval = Interval.OneHour,
                FromMs = StartMs + Lookback * HourMs,
                ToMs = StartMs + bars * HourMs,
                Lookback = Lookback,
                InitialBalance = 10_000.0,
                SlippageBps = SlippageBps,
                TakerFeeBps = FeeRate * 10_000.0,
                HasFunding = true,
                HasInstruments = false,
            },
            Symbols = _symbols,
            Bookings = _bookings,
            Equity = _equity,
            Funnel = _funnel,
            Account = _account,
            StateHash = 0x0123_4567_89ab_cdef,
            Candles = new MemoryCandles(Interval.OneHour, [.. _symbols.Zip(_bars)]),
            Notes =
            [
                "No instrument metadata: sizes and prices are not rounded, there is no minimum notional, no leverage tier and no liquidation.",
                "kPEPE: 1 hole, 14 bars missing.",
            ],
        };

    private void Tick(int i, bool last)
    {
        long now = StartMs + (i + 1) * HourMs;
        for (int s = 0; s < _symbols.Length; s++)
        {
            Bar bar = _bars[s][i];
            ref Position position = ref _positions[s];
            if (position.IsOpen)
            {
                position.BestPrice =
                    position.Side == Side.Long ? Math.Max(position.BestPrice, bar.High) : Math.Min(position.BestPrice, bar.Low);
                position.WorstPrice =
                    position.Side == Side.Long ? Math.Min(position.WorstPrice, bar.Low) : Math.Max(position.WorstPrice, bar.High);
                if (now % (8 * HourMs) == 0)
                {
                    Fund(s, ref position, now, bar.Close);
                }

                Manage(s, ref position, now, bar.Close, last);
            }
            else if (!last)
            {
                Consider(s, ref position, now, bar.Close);
            }
        }

        double unrealised = 0.0;
        double notional = 0.0;
        double margin = 0.0;
        int open = 0;
        for (int s = 0; s < _symbols.Length; s++)
        {
            if (_positions[s].IsOpen)
            {
                unrealised += _positions[s].Unrealised(_bars[s][i].Close);
                notional += _positions[s].Size * _bars[s][i].Close;
                margin += _positions[s].Margin;
                open++;
            }
        }

        _equity.Add(new EquityPoint(now, _account.Balance, _account.Balance + unrealised, notional, margin, open));
    }

    private void Consider(int s, ref Position position, long now, double price)
    {
        double u = Next();
        GateRecord gates = new()
        {
            IsRanging = u < 0.35,
            IsAnomaly = u > 0.99,
            IsExtended = u > 0.92,
            VolConfirm = u is not (> 0.7 and < 0.8),
            IsTrendingUp = u is not (> 0.2 and < 0.7),
            AdxAboveMin = u >= 0.5,
            BtcOkLong = u is not (> 0.6 and < 0.85),
            BtcOkShort = true,
        };
        if (u < 0.95)
        {
            _funnel.Evaluated(gates, default);
            _funnel.Stopped(StopCode.NoSignal);
            return;
        }

        bool isLong = Next() < 0.55;
        _funnel.Evaluated(gates, new Signal { Side = isLong ? Side.Long : Side.Short, Mode = Next() < 0.8 ? 1 : 2 });
        if (u < 0.975)
        {
            StopCode[] stops =
            [
                StopCode.Confidence,
                StopCode.PostExitCooldown,
                StopCode.MarginCap,
                StopCode.MaxPositions,
                StopCode.SignFilter,
            ];
            _funnel.Stopped(stops[(int)(Next() * Next() * stops.Length)]);
            return;
        }

        double fill = Fills.Price(price, isLong, SlippageBps);
        double notional = _account.Balance * 0.6;
        position = default;
        position.Side = isLong ? Side.Long : Side.Short;
        position.Size = notional / fill;
        position.EntryPrice = position.FirstEntryPrice = position.BestPrice = position.WorstPrice = fill;
        position.EntryAtr = fill * 0.012;
        position.Leverage = 3.0;
        position.Margin = notional / 3.0;
        position.OpenedAtMs = position.LastAddMs = now;
        position.Id = ++_account.PositionsOpened;
        position.Confidence = (Confidence)(int)(Next() * 3.0);
        _funnel.Opened++;
        Open(s, ref position, now, fill, position.Size, OrderAction.Open, ReasonCode.EntrySignal, 0.0);
    }

    private void Open(
        int s,
        ref Position p,
        long now,
        double fill,
        double size,
        OrderAction action,
        ReasonCode reason,
        double value
    )
    {
        Booking b = Start(s, p, now, fill, size, action, reason);
        b.Value = value;
        b.Fee = Fills.Fee(b.Notional, FeeRate);
        b.Margin = p.Margin;
        p.EntryFees += b.Fee;
        Book(b);
    }

    private void Manage(int s, ref Position p, long now, double price, bool last)
    {
        double atr = p.ProfitAtr(price);
        double u = Next();
        if (last)
        {
            Close(s, ref p, now, price, 1.0, ReasonCode.EndOfRun);
        }
        else if (atr > 1.5 && p.Adds < 2 && !p.PartialTaken && u < 0.2)
        {
            double fill = Fills.Price(price, p.Side == Side.Long, SlippageBps);
            double add = p.Size * 0.4;
            p.EntryPrice = Fills.AverageEntry(p.EntryPrice, p.Size, fill, add);
            p.Size += add;
            p.Margin = p.Size * p.EntryPrice / p.Leverage;
            p.Adds++;
            _funnel.Added++;
            Open(s, ref p, now, fill, add, OrderAction.Add, ReasonCode.Pyramid, p.Adds);
        }
        else if (atr > 2.5 && !p.PartialTaken)
        {
            p.PartialTaken = true;
            Close(s, ref p, now, price, 0.5, ReasonCode.TakeProfitPartial);
        }
        else if (atr < -2.0)
        {
            Close(s, ref p, now, price, 1.0, ReasonCode.StopLoss);
        }
        else if (atr > 4.0 || u < 0.02)
        {
            ReasonCode reason = atr > 4.0 ? ReasonCode.TakeProfit : Exits[1 + (int)(Next() * (Exits.Length - 1))];
            Close(s, ref p, now, price, 1.0, reason == ReasonCode.TakeProfit && atr < 0.0 ? ReasonCode.TrailingStop : reason);
        }
    }

    private void Close(int s, ref Position p, long now, double price, double fraction, ReasonCode reason)
    {
        double fill = Fills.Price(price, p.Side == Side.Short, SlippageBps);
        double size = p.Size * fraction;
        Booking b = Start(s, p, now, fill, size, fraction < 1.0 ? OrderAction.Reduce : OrderAction.Close, reason);
        b.Pnl = Fills.Pnl(p, fill, size);
        b.Fee = Fills.Fee(b.Notional, FeeRate);
        b.EntryFees = p.EntryFees * fraction;
        b.Margin = p.Margin * fraction;
        (b.Value, b.Value2) = reason switch
        {
            ReasonCode.TrendExhaustion => (22.0, 0.0),
            ReasonCode.Stagnation => (p.EntryAtr * 0.6, p.EntryAtr * 0.7),
            ReasonCode.RsiOverbought => (70.0 + 15.0 * Next(), 70.0),
            ReasonCode.MacdDivergence => (1.8, 0.0),
            _ => (0.0, 0.0),
        };
        p.Size -= size;
        p.EntryFees -= b.EntryFees;
        p.Margin -= b.Margin;
        Book(b);
        if (fraction >= 1.0)
        {
            p = default;
        }
    }

    private void Fund(int s, ref Position p, long now, double mark)
    {
        double rate = (Next() - 0.4) * 0.0002;
        Booking b = Start(s, p, now, mark, p.Size, OrderAction.Funding, ReasonCode.FundingPayment);
        b.Pnl = Funding.Payment(p, mark, rate);
        b.Value = rate;
        p.Funding += b.Pnl;
        Book(b);
    }

    private static Booking Start(
        int s,
        in Position p,
        long now,
        double price,
        double size,
        OrderAction action,
        ReasonCode reason
    ) =>
        new()
        {
            TimeMs = now,
            Symbol = s,
            Action = action,
            Reason = reason,
            Side = p.Side,
            Confidence = p.Confidence,
            Price = price,
            Size = size,
            Notional = Fills.Notional(price, size),
            EntryPrice = p.EntryPrice,
            FirstEntryPrice = p.FirstEntryPrice,
            EntryAtr = p.EntryAtr,
            BestPrice = p.BestPrice,
            WorstPrice = p.WorstPrice,
            Leverage = p.Leverage,
            OpenedAtMs = p.OpenedAtMs,
            PositionId = p.Id,
        };

    private void Book(Booking b)
    {
        _account.Balance += b.Pnl - b.Fee;
        _account.Fees += b.Fee;
        b.Balance = _account.Balance;
        _bookings.Add(b);
    }

    private Bar[] Walk(int count, int symbol)
    {
        double[] starts = [38.5, 42_300.0, 0.0915, 2_290.0, 101.6, 0.00128];
        Bar[] bars = new Bar[count];
        double price = starts[symbol % starts.Length];
        for (int i = 0; i < count; i++)
        {
            double open = price;
            double drift = 0.0012 * Math.Sin((i + symbol * 300) / 400.0);
            price *= 1.0 + drift + (Next() + Next() + Next() - 1.5) * 0.012;
            double high = Math.Max(open, price) * (1.0 + Next() * 0.004);
            double low = Math.Min(open, price) * (1.0 - Next() * 0.004);
            bars[i] = new Bar(StartMs + i * HourMs, open, high, low, price, 1_000.0 + 9_000.0 * Next());
        }

        return bars;
    }

    private double Next()
    {
        _seed = (1_103_515_245u * _seed + 12_345u) & 0x7fff_ffffu;
        return _seed / 2_147_483_648.0;
    }
}
