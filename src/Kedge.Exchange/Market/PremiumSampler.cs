using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Market;

/// <summary>
/// Samples the premium of every symbol and makes the hour's funding rate of its mean (<c>venue-hyperliquid.md</c> §10). A side of the book that
/// is too thin for the impact notional counts as lying at the oracle.
/// </summary>
internal sealed class PremiumSampler(ExchangeSettings exchange, MarketSettings settings)
{
    /// <summary>Funding rates kept of each symbol.</summary>
    public const int KeptMax = 5_000;

    private const int LevelsMax = 256;

    private readonly long[] _sums = new long[exchange.Instruments.Count];
    private readonly int[] _counts = new int[exchange.Instruments.Count];
    private readonly List<FundingRateRecord>[] _rates = [.. exchange.Instruments.Select(_ => new List<FundingRateRecord>())];
    private readonly BookLevel[] _levels = new BookLevel[LevelsMax];

    /// <summary>Rates of a symbol, oldest first.</summary>
    public IReadOnlyList<FundingRateRecord> Rates(int symbol) => _rates[symbol];

    /// <summary>Takes one sample of every symbol that has a price.</summary>
    public void Sample(ExchangeCore core)
    {
        for (int symbol = 0; symbol < _sums.Length; symbol++)
        {
            long oracle = core.Prices(symbol).Oracle;
            if (oracle > 0)
            {
                long bid = Impact(core, symbol, OrderSide.Buy, oracle);
                long ask = Impact(core, symbol, OrderSide.Sell, oracle);
                _sums[symbol] += FundingFormula.Premium(bid, ask, oracle);
                _counts[symbol]++;
            }
        }
    }

    /// <summary>Ends an hour: writes down its rates and the commands that set them.</summary>
    /// <param name="hourMs">The full hour the rates are paid at.</param>
    /// <param name="commands">Room for one a symbol.</param>
    /// <returns>Number of commands.</returns>
    public int Close(long hourMs, Span<ExchangeCommand> commands)
    {
        int n = 0;
        for (int symbol = 0; symbol < _sums.Length; symbol++)
        {
            if (_counts[symbol] == 0)
            {
                continue;
            }

            long premium = _sums[symbol] / _counts[symbol];
            long rate = FundingFormula.HourlyRate(premium);
            commands[n++] = ExchangeCommand.SetFundingRate(symbol, rate);
            List<FundingRateRecord> rates = _rates[symbol];
            if (rates.Count == KeptMax)
            {
                rates.RemoveAt(0);
            }

            rates.Add(new FundingRateRecord(hourMs, rate, premium));
        }

        Clear();
        return n;
    }

    /// <summary>Forgets the samples of the hour.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }

    public void Save(StateWriter writer)
    {
        for (int symbol = 0; symbol < _sums.Length; symbol++)
        {
            writer.Write(_sums[symbol]);
            writer.Write(_counts[symbol]);
            writer.Write(_rates[symbol].Count);
            foreach (FundingRateRecord rate in _rates[symbol])
            {
                writer.Write(rate.TimeMs);
                writer.Write(rate.Rate);
                writer.Write(rate.Premium);
            }
        }
    }

    public void Load(ref StateReader reader)
    {
        for (int symbol = 0; symbol < _sums.Length; symbol++)
        {
            _sums[symbol] = reader.Read();
            _counts[symbol] = reader.ReadInt();
            int count = reader.ReadIndex(KeptMax + 1);
            _rates[symbol].Clear();
            for (int i = 0; i < count; i++)
            {
                _rates[symbol].Add(new FundingRateRecord(reader.Read(), reader.Read(), reader.Read()));
            }
        }
    }

    /// <summary>Average price of trading the impact notional against a side of the book, in ticks, rounded to the nearest.</summary>
    private long Impact(ExchangeCore core, int symbol, OrderSide side, long oracle)
    {
        bool isMajor = exchange.Instruments[symbol].Name is "BTC" or "ETH";
        long wanted = isMajor ? settings.MajorImpactNotional : settings.ImpactNotional;
        int count = core.Depth(symbol, side, _levels);
        long paid = 0;
        long lots = 0;
        for (int i = 0; i < count && paid < wanted; i++)
        {
            long take = Math.Min(_levels[i].Size, (wanted - paid + _levels[i].Price - 1) / _levels[i].Price);
            paid += take * _levels[i].Price;
            lots += take;
        }

        return paid < wanted ? oracle : (paid + (lots / 2)) / lots;
    }
}
