using Kedge.Cli.Hosting;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>Hands what the hub tells to the engine. Prices allocate nothing.</summary>
/// <param name="rankOf">Rank of a symbol; −1 for one the engine does not know.</param>
/// <param name="symbols">How many there are.</param>
/// <param name="tell">Tells the engine.</param>
/// <param name="price">Tells it a price: rank, mid, bid, ask, time and age.</param>
/// <param name="main">Interval of the main bars.</param>
/// <param name="feed">Follows whether the feed is there.</param>
/// <param name="startMs">Wall clock at the start, UTC epoch milliseconds; it may be wrong.</param>
/// <param name="noted">Takes what is worth a line in the log.</param>
internal sealed class LaneMarket(
    Func<string, int> rankOf,
    int symbols,
    Action<EngineEvent> tell,
    Action<int, double, double, double, long, long> price,
    Interval main,
    LaneFeed feed,
    long startMs,
    Action<string, string, string> noted
) : IMarketListener
{
    // A hub begins with its whole look-back; the engine reads that at once, when it asks for it.
    private readonly long _fromMs = startMs;

    // The hub's thread alone.
    private readonly Dictionary<(string Symbol, Interval Interval), Told> _told = [];
    private IMarketHub? _hub;
    private readonly long _beganMs = Monotonic.NowMs;

    // By rank: when the price was known to hold that was told last, monotonic; 0 before the first.
    private readonly long[] _pricedMs = new long[symbols];

    /// <summary>Age of the last price of a symbol, milliseconds; since the start when there was none.</summary>
    /// <param name="rank">Rank of the symbol.</param>
    public long PriceAgeMs(int rank) => Monotonic.NowMs - Math.Max(_beganMs, Interlocked.Read(ref _pricedMs[rank]));

    /// <summary>Age of the youngest price of any symbol, milliseconds; since the start when there was none.</summary>
    public long YoungestPriceMs
    {
        get
        {
            long youngest = long.MaxValue;
            for (int i = 0; i < _pricedMs.Length; i++)
            {
                youngest = Math.Min(youngest, PriceAgeMs(i));
            }

            return youngest;
        }
    }

    /// <summary>Says whether a series is complete, from now on.</summary>
    public void Attach(IMarketHub hub) => Volatile.Write(ref _hub, hub);

    public void Price(in MarketPrice told)
    {
        int rank = rankOf(told.Name);
        if (rank >= 0)
        {
            // A quote that is older than the mid was told before: once more, and the engine would take it for new.
            bool isNew = told.QuoteAgeMs <= told.AgeMs;
            price(rank, told.Mid, isNew ? told.Bid : 0.0, isNew ? told.Ask : 0.0, told.TimeMs, told.AgeMs);
            Interlocked.Exchange(ref _pricedMs[rank], Monotonic.NowMs - told.AgeMs);
        }
    }

    public void CandleClosed(in MarketCandle candle)
    {
        CandleFrame newest = Newest(candle);
        bool isMain = candle.Interval == main;
        Told told = ToldOf(candle);
        if (candle.KeyMs < Math.Min(_fromMs, newest.KeyMs > 0 ? newest.KeyMs : long.MaxValue) - (2 * candle.Interval.Ms))
        {
            if (isMain && told.OpenMs > 0 && candle.Bar.OpenMs > told.OpenMs)
            {
                // Not of the look-back, whatever the clock at the start said: the engine reads it all anew.
                Revise(candle, told);
            }

            return;
        }

        bool lacks = isMain && newest.KeyMs > 0 && !newest.IsComplete;
        if (lacks)
        {
            // Told after a hole: the indicators wait for what lacks, and until then nothing is opened on them. Said first, or the bar could decide something.
            told.IsRevised = false;
            Revise(candle, told);
            noted(
                "bars_incomplete",
                candle.Symbol,
                $"a bar lacks before {Timestamp.Show(candle.Bar.OpenMs)}; nothing is opened until it is there"
            );
        }

        told.OpenMs = candle.Bar.OpenMs;
        told.IsRevised = false;
        tell(new EngineEvent.CandleClosed(candle.Symbol, candle.Interval, LaneBars.BarOf(candle.Bar)));
    }

    public void CandleRevised(in MarketCandle candle) =>
        tell(new EngineEvent.CandleRevised(candle.Symbol, candle.Interval, candle.Bar.OpenMs));

    public void SourceChanged(in ChannelStatus before, in ChannelStatus after)
    {
        noted(
            "source_changed",
            $"{after.Symbol} {after.Channel} {after.Interval}".TrimEnd(),
            $"{before.Source} -> {after.Source}: {after.Reason}"
        );
        feed.Changed(after);
    }

    /// <summary>The newest bar of its series that the hub has; it has key 0 before there is a hub.</summary>
    private CandleFrame Newest(in MarketCandle candle)
    {
        IMarketHub? hub = Volatile.Read(ref _hub);
        int symbol = hub?.IndexOf(candle.Symbol) ?? -1;
        return symbol < 0 ? default : hub!.Candle(symbol, candle.Interval);
    }

    private Told ToldOf(in MarketCandle candle)
    {
        (string, Interval) series = (candle.Symbol, candle.Interval);
        if (!_told.TryGetValue(series, out Told? told))
        {
            told = new Told();
            _told.Add(series, told);
        }

        return told;
    }

    /// <summary>Has the engine make its indicators anew, from the bar it was told last; once until it is told another.</summary>
    private void Revise(in MarketCandle candle, Told told)
    {
        if (told.OpenMs > 0 && !told.IsRevised)
        {
            told.IsRevised = true;
            tell(new EngineEvent.CandleRevised(candle.Symbol, candle.Interval, told.OpenMs));
        }
    }

    /// <summary>What was told of a series.</summary>
    private sealed class Told
    {
        /// <summary>Open of the newest bar; 0 before the first.</summary>
        public long OpenMs { get; set; }

        /// <summary>The engine was told to read it anew.</summary>
        public bool IsRevised { get; set; }
    }
}
