using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.Engine;

namespace Kedge.Research.Audit;

/// <summary>Bars and funding rates that a session was told, the last word on each.</summary>
internal sealed class ToldData
{
    private readonly Dictionary<(string Symbol, Interval Interval), SortedDictionary<long, Bar>> _bars = [];
    private readonly Dictionary<string, SortedDictionary<long, double>> _funding = new(StringComparer.Ordinal);
    private readonly Interval _main;

    public ToldData(Interval main) => _main = main;

    public IReadOnlyDictionary<(string Symbol, Interval Interval), SortedDictionary<long, Bar>> Bars => _bars;

    public IReadOnlyDictionary<string, SortedDictionary<long, double>> Funding => _funding;

    public void Hear(EngineEvent told)
    {
        switch (told)
        {
            case EngineEvent.CandleClosed { IsComplete: true } closed:
                Series(closed.Symbol, closed.Interval)[closed.Bar.OpenTimeMs] = closed.Bar;
                break;
            case EngineEvent.BarsLoaded loaded:
                SortedDictionary<long, Bar> series = Series(loaded.Symbol, _main);
                foreach (Bar bar in loaded.Bars)
                {
                    series[bar.OpenTimeMs] = bar;
                }

                break;
            case EngineEvent.FundingRate rate:
                if (!_funding.TryGetValue(rate.Symbol, out SortedDictionary<long, double>? rates))
                {
                    _funding.Add(rate.Symbol, rates = []);
                }

                rates[rate.TimeMs] = rate.Rate;
                break;
        }
    }

    private SortedDictionary<long, Bar> Series(string symbol, Interval interval)
    {
        if (!_bars.TryGetValue((symbol, interval), out SortedDictionary<long, Bar>? series))
        {
            _bars.Add((symbol, interval), series = []);
        }

        return series;
    }
}
