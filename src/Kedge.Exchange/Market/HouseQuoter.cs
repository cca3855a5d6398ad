using Kedge.Exchange.Core;

namespace Kedge.Exchange.Market;

/// <summary>
/// Makes one symbol's market out of price points: the mark and oracle follow the path, the house's quotes are laid anew around it (so that
/// orders the path runs over are filled, as far as its depth goes), and the recorded volume is printed on the tape. It turns points into
/// commands and holds no state but its buffers; the commands are good until the next call.
/// </summary>
public sealed class HouseQuoter
{
    private readonly ExchangeCommand[] _commands = new ExchangeCommand[4];
    private readonly int _symbol;
    private readonly Instrument _instrument;
    private readonly QuoteSettings _settings;
    private readonly OrderRequest[] _orders;

    /// <summary>A quoter for one symbol.</summary>
    public HouseQuoter(int symbol, Instrument instrument, QuoteSettings settings)
    {
        if (settings.Levels is < 1 or > 1_000)
        {
            throw new ArgumentException("The house quotes 1 to 1,000 levels a side.", nameof(settings));
        }

        _symbol = symbol;
        _instrument = instrument;
        _settings = settings;
        _orders = new OrderRequest[2 * settings.Levels];
    }

    /// <summary>Price of the point before, ticks, from which the aggressor of a print follows; 0 before the first.</summary>
    internal long LastPrice { get; set; }

    /// <summary>The commands of one point, in order: price, old quotes away, new quotes, tape.</summary>
    public ReadOnlySpan<ExchangeCommand> Quote(scoped in PathPoint point)
    {
        long price = _instrument.RoundPrice(point.Price, up: false);
        int n = 0;
        _commands[n++] = ExchangeCommand.SetPrice(_symbol, price, price);
        _commands[n++] = ExchangeCommand.CancelAll(ExchangeCore.House, _symbol);
        int orders = Lay(price);
        _commands[n++] = ExchangeCommand.Place(ExchangeCore.House, _orders.AsMemory(0, orders));
        if (point.Volume > 0)
        {
            OrderSide aggressor = point.Price < LastPrice ? OrderSide.Sell : OrderSide.Buy;
            _commands[n++] = ExchangeCommand.Print(_symbol, aggressor, point.Price, point.Volume);
        }

        LastPrice = point.Price;
        return _commands.AsSpan(0, n);
    }

    private int Lay(long price)
    {
        long half = Part(price, _settings.SpreadPpm) / 2;
        long bid = _instrument.RoundPrice(price - half, up: false);
        long ask = _instrument.RoundPrice(price + half, up: true);
        if (ask == bid)
        {
            ask = _instrument.RoundPrice(bid + 1, up: true);
        }

        long notional = _settings.DepthNotional;
        int n = 0;
        for (int level = 0; level < _settings.Levels; level++)
        {
            long lots = Math.Max(1, notional / price);
            if (bid > 0)
            {
                _orders[n++] = new OrderRequest(_symbol, OrderSide.Buy, bid, lots);
            }

            if (ask <= _instrument.MaxPrice && ask > bid)
            {
                _orders[n++] = new OrderRequest(_symbol, OrderSide.Sell, ask, lots);
            }

            long away = Math.Max(1, Part(price, _settings.LevelStepPpm));
            bid = bid - away < 1 ? 0 : _instrument.RoundPrice(bid - away, up: false);
            ask = ask + away > _instrument.MaxPrice ? _instrument.MaxPrice + 1 : _instrument.RoundPrice(ask + away, up: true);
            notional = Math.Min(Bounds.SymbolNotionalMax / 1_000, notional + (notional / 100 * _settings.DepthGrowthPercent));
        }

        return n;
    }

    private static long Part(long price, int ppm) => (long)((Int128)price * ppm / 1_000_000);
}
