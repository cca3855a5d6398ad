namespace Kedge.Kernel.MeiAlpha;

/// <summary>What all symbols share at a tick, read from their snapshots.</summary>
public static unsafe class MarketReading
{
    /// <summary>Intervals after which a symbol no longer counts for breadth.</summary>
    private const long BreadthIntervals = 3;

    /// <summary>Breadth over symbols with at least two closed bars, one of them within three intervals; trend, ADX and ATR of BTC.</summary>
    /// <param name="views">Snapshots by symbol rank.</param>
    /// <param name="symbols">Their number.</param>
    /// <param name="btc">Rank of BTC; −1 when it is not among them.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="market">The reading.</param>
    public static void Of(Snapshot* views, int symbols, int btc, in Tick tick, out MarketContext market)
    {
        market = default;
        Breadth breadth = default;
        for (int i = 0; i < symbols; i++)
        {
            Snapshot* view = views + i;
            long age = tick.TimeMs - (view->OpenTimeMs + tick.MainIntervalMs);
            if (view->BarCount >= 1 && age <= BreadthIntervals * tick.MainIntervalMs)
            {
                breadth.Count(*view);
            }
        }

        market.BreadthKnown = breadth.IsKnown;
        market.BreadthPct = breadth.Percent;
        if (btc >= 0 && views[btc].IsKnown)
        {
            Snapshot* of = views + btc;
            market.BtcTrend = of->Close > of->EmaSlow ? 1 : -1;
            market.BtcAdx = of->Adx;
            market.BtcAtrPct = of->Atr / of->Close;
        }
    }
}
