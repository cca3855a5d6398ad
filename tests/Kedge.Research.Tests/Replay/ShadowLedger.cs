using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>What the account must look like, from bookings (time, action, side, size, price, profit, fee) and candles only.</summary>
internal sealed class ShadowLedger
{
    private readonly double[] _size;
    private readonly double[] _entry;
    private readonly double[] _leverage;
    private readonly List<(long CloseMs, double Close)>[] _closes;
    private readonly int[] _nextClose;

    public ShadowLedger(ReplayCase run)
    {
        List<string> symbols = run.Market.Symbols;
        _size = new double[symbols.Count];
        _entry = new double[symbols.Count];
        _leverage = new double[symbols.Count];
        _nextClose = new int[symbols.Count];
        _closes = [.. symbols.Select(s => Closes(run.Market, s))];
        Balance = run.InitState?.Balance ?? run.Balance;
        foreach (InitPosition init in run.InitState?.Positions ?? [])
        {
            int symbol = symbols.IndexOf(init.Symbol);
            _size[symbol] = (int)init.Side * init.Size;
            _entry[symbol] = init.EntryPrice;
            _leverage[symbol] = init.Leverage;
        }
    }

    public double Balance { get; private set; }

    /// <summary>Margin of a position = size × average entry ÷ leverage.</summary>
    public double[] Margins => [.. _size.Select((s, i) => s == 0.0 ? 0.0 : Math.Abs(s) * _entry[i] / _leverage[i])];

    public double Margin => Margins.Sum();

    public int OpenPositions => _size.Count(s => s != 0.0);

    public void Take(in Booking booking)
    {
        int i = booking.Symbol;
        Balance += booking.Pnl - booking.Fee;
        switch (booking.Action)
        {
            case OrderAction.Open:
                _entry[i] = booking.Price;
                _leverage[i] = booking.Leverage;
                _size[i] = (int)booking.Side * booking.Size;
                break;
            case OrderAction.Add:
                double before = Math.Abs(_size[i]);
                _entry[i] = (_entry[i] * before + booking.Price * booking.Size) / (before + booking.Size);
                _size[i] += (int)booking.Side * booking.Size;
                break;
            case OrderAction.Reduce:
                _size[i] -= (int)booking.Side * booking.Size;
                break;
            case OrderAction.Close:
                double rest = _size[i] - (int)booking.Side * booking.Size;
                Assert.True(Math.Abs(rest) <= 1e-9 * booking.Size, $"a close of {booking.Size} leaves {rest}");
                _size[i] = 0.0;
                break;
            default:
                Assert.Equal(OrderAction.Funding, booking.Action);
                Assert.Equal(Math.Abs(_size[i]), booking.Size, booking.Size * 1e-9);
                break;
        }
    }

    public double EquityAt(long now) => Balance + _size.Select((s, i) => s == 0.0 ? 0.0 : s * (Mark(i, now) - _entry[i])).Sum();

    public double NotionalAt(long now) => _size.Select((s, i) => s == 0.0 ? 0.0 : Math.Abs(s) * Mark(i, now)).Sum();

    /// <summary>Last close at or before a moment; the entry price when there was none.</summary>
    private double Mark(int symbol, long now)
    {
        List<(long CloseMs, double Close)> closes = _closes[symbol];
        while (_nextClose[symbol] < closes.Count && closes[_nextClose[symbol]].CloseMs <= now)
        {
            _nextClose[symbol]++;
        }

        return _nextClose[symbol] == 0 ? _entry[symbol] : closes[_nextClose[symbol] - 1].Close;
    }

    /// <summary>Closes of all series by time; at the same moment the exit series comes last and counts.</summary>
    private static List<(long CloseMs, double Close)> Closes(TestMarket market, string symbol) =>
        [
            .. new[] { market.Main, market.Entry, market.Exit }
                .OfType<TestSeries>()
                .SelectMany(s => s.Bars.GetValueOrDefault(symbol, []).Select(b => (CloseMs: s.CloseMs(b), b.Close)))
                .OrderBy(c => c.CloseMs),
        ];
}
