using Kedge.Conformance.Worlds;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>C-0xx: connection, metadata, candles, prices, account.</summary>
internal static class MarketRows
{
    public static IEnumerable<ConformanceRow> All { get; } =
    [
        new("C-001", "Connect", "The session comes up, once.", VenueCapabilities.None, WorldTraits.Connection, Connect),
        new(
            "C-002",
            "Commands before it is up",
            "Each ends in its one outcome.",
            VenueCapabilities.None,
            WorldTraits.Connection,
            Early
        ),
        new(
            "C-010",
            "Metadata",
            "Every instrument with its size decimals, price rule and leverage tiers.",
            VenueCapabilities.None,
            WorldTraits.None,
            Metadata
        ),
        new(
            "C-020",
            "Candles",
            "Asked for, they come oldest first, without doubles, inside the range, the last page marked.",
            VenueCapabilities.History,
            WorldTraits.None,
            Candles
        ),
        new(
            "C-021",
            "Candles of nobody",
            "An unknown symbol ends in an error, not in silence.",
            VenueCapabilities.History,
            WorldTraits.None,
            NoCandles
        ),
        new(
            "C-022",
            "Funding rates",
            "Asked for, the last page is marked.",
            VenueCapabilities.History,
            WorldTraits.None,
            FundingRates
        ),
        new("C-030", "Mid prices", "They come and follow the market.", VenueCapabilities.None, WorldTraits.None, Mids),
        new(
            "C-031",
            "Best bid and offer",
            "They come, bid below offer, and follow the market.",
            VenueCapabilities.None,
            WorldTraits.None,
            Quotes
        ),
        new(
            "C-032",
            "Candle stream",
            "The forming candle comes.",
            VenueCapabilities.History,
            WorldTraits.VirtualTime,
            CandleStream
        ),
        new("C-040", "Account", "Balance and no positions at first.", VenueCapabilities.None, WorldTraits.Executes, Account),
        new("C-041", "Open orders", "None at first.", VenueCapabilities.None, WorldTraits.Executes, NoOrders),
        new("C-050", "Leverage", "A possible one is done.", VenueCapabilities.None, WorldTraits.Executes, Leverage),
        new(
            "C-051",
            "Impossible leverage",
            "It is refused, with words.",
            VenueCapabilities.Sends,
            WorldTraits.Rules,
            BadLeverage
        ),
    ];

    private static void Connect(Desk desk)
    {
        desk.Up();
        Desk.Same(1, desk.Log.Ups, "times up");
    }

    private static void Early(Desk desk)
    {
        int place = desk.Log.Count;
        desk.Venue.Send(new VenueCommand.SetLeverage("BTC", 3, IsCross: true));
        desk.Wait(() => desk.Log.First<VenueEvent.LeverageAnswered>(place) is not null, 60_000, "an outcome");
        desk.Up();
        desk.Pass(1_000);
        Desk.Same(1, desk.Log.Since(place).OfType<VenueEvent.LeverageAnswered>().Count(), "outcomes");
    }

    private static void Metadata(Desk desk)
    {
        desk.Up();
        VenueEvent.InstrumentsAnswered answer = desk.Ask<VenueEvent.InstrumentsAnswered>(new VenueCommand.QueryInstruments());
        Desk.Same(null, answer.Error, "error");
        InstrumentSpec? btc = answer.Instruments.FirstOrDefault(one => one.Symbol == "BTC");
        Desk.Check(btc is not null, "BTC is not among the instruments.");
        Desk.Same(5, btc.SizeDecimals, "size decimals of BTC");
        Desk.Same(1, btc.MaxPriceDecimals, "price decimals of BTC");
        Desk.Same(5, btc.PriceSignificantFigures, "significant figures");
        Desk.Same(10.0, btc.MinNotionalUsd, "smallest notional");
        Desk.Same(40.0, btc.Tiers[0].MaxLeverage, "leverage of BTC");
        Desk.Same(4, answer.Instruments.First(one => one.Symbol == "ETH").SizeDecimals, "size decimals of ETH");
        VenueEvent.DayVolumesAnswered volumes = desk.Ask<VenueEvent.DayVolumesAnswered>(new VenueCommand.QueryDayVolumes());
        Desk.Same(null, volumes.Error, "error");
        Desk.Check(
            answer.Instruments.Select(one => one.Symbol).SequenceEqual(volumes.Volumes.Select(one => one.Symbol)),
            "The volumes are not those of the instruments."
        );
    }

    private static void Candles(Desk desk)
    {
        desk.Up();
        if (desk.World.Traits.HasFlag(WorldTraits.VirtualTime))
        {
            desk.Pass(300_000);
        }

        int place = desk.Log.Count;
        long to = desk.World.WallMs;
        long from = to - 3_600_000;
        desk.Venue.Send(new VenueCommand.QueryCandles(7, "BTC", Interval.Parse("1m"), from, to));
        desk.Wait(
            () => desk.Log.First<VenueEvent.CandlesAnswered>(place, page => page.Request == 7 && page.IsLast) is not null,
            60_000,
            "the last page"
        );
        VenueEvent.CandlesAnswered[] pages = [.. desk.Log.Since(place).OfType<VenueEvent.CandlesAnswered>()];
        Desk.Check(pages.All(page => page.Error is null), $"An error: {pages[0].Error}");
        VenueCandle[] candles = [.. pages.SelectMany(page => page.Candles)];
        for (int i = 0; i < candles.Length; i++)
        {
            Desk.Check(
                candles[i].OpenMs % 60_000 == 0 && candles[i].OpenMs >= from - 60_000 && candles[i].OpenMs < to,
                $"Outside the range: {candles[i]}"
            );
            Desk.Check(i == 0 || candles[i].OpenMs > candles[i - 1].OpenMs, $"Out of order: {candles[i]}");
            Desk.Check(candles[i].Low <= candles[i].Open && candles[i].High >= candles[i].Close, $"No candle: {candles[i]}");
        }

        if (desk.World.Traits.HasFlag(WorldTraits.VirtualTime))
        {
            Desk.Check(candles.Length >= 4, $"Only {candles.Length} candles of five minutes.");
        }
    }

    private static void NoCandles(Desk desk)
    {
        desk.Up();
        VenueEvent.CandlesAnswered answer = desk.Ask<VenueEvent.CandlesAnswered>(
            new VenueCommand.QueryCandles(8, "NOBODY", Interval.Parse("1m"), desk.World.WallMs - 3_600_000, desk.World.WallMs)
        );
        Desk.Check(
            answer.IsLast && answer.Candles.Count == 0,
            $"{answer.Candles.Count} candles of a symbol that does not exist."
        );
    }

    private static void FundingRates(Desk desk)
    {
        desk.Up();
        VenueEvent.FundingRatesAnswered answer = desk.Ask<VenueEvent.FundingRatesAnswered>(
            new VenueCommand.QueryFundingRates(9, "BTC", desk.World.WallMs - 86_400_000, desk.World.WallMs)
        );
        Desk.Check(answer.IsLast && answer.Error is null, $"Not the last page, or an error: {answer.Error}");
    }

    private static void Mids(Desk desk)
    {
        desk.Up();
        desk.Wait(() => Near(desk, 60_000), 30_000, "a mid of BTC near 60,000");
        desk.World.MovePrice("BTC", 60_500);
        desk.Wait(() => Near(desk, 60_500), 30_000, "a mid of BTC near 60,500");

        static bool Near(Desk desk, double price) =>
            desk.Log.LastMid.TryGetValue("BTC", out double mid) && Math.Abs(mid - price) <= price * 0.001;
    }

    private static void Quotes(Desk desk)
    {
        desk.Up();
        desk.Wait(() => Around(desk, 60_000), 30_000, "a quote of BTC around 60,000");
        desk.World.MovePrice("BTC", 60_500);
        desk.Wait(() => Around(desk, 60_500), 30_000, "a quote of BTC around 60,500");

        static bool Around(Desk desk, double price) =>
            desk.Log.LastQuote.TryGetValue("BTC", out (double Bid, double Ask) quote)
            && quote.Bid > 0
            && quote.Bid < quote.Ask
            && quote.Bid >= price * 0.999
            && quote.Ask <= price * 1.001;
    }

    private static void CandleStream(Desk desk)
    {
        desk.Up();
        int place = desk.Log.Count;
        desk.Wait(
            () =>
                desk.Log.First<VenueEvent.CandleChanged>(place, one => one.Symbol == "BTC" && one.Interval.Name == "1m")
                    is not null,
            120_000,
            "a candle"
        );
    }

    private static void Account(Desk desk)
    {
        desk.Up();
        VenueEvent.AccountAnswered answer = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(null, answer.Error, "error");
        Desk.Same(100_000m, answer.EquityUsd, "equity");
        Desk.Same(0, answer.Positions.Count, "positions");
    }

    private static void NoOrders(Desk desk)
    {
        desk.Up();
        VenueEvent.OpenOrdersAnswered answer = desk.Ask<VenueEvent.OpenOrdersAnswered>(new VenueCommand.QueryOpenOrders());
        Desk.Same(null, answer.Error, "error");
        Desk.Same(0, answer.Orders.Count, "orders");
    }

    private static void Leverage(Desk desk)
    {
        desk.Up();
        VenueEvent.LeverageAnswered answer = desk.Ask<VenueEvent.LeverageAnswered>(
            new VenueCommand.SetLeverage("BTC", 5, IsCross: true)
        );
        Desk.Same(CommandOutcome.Done, answer.Outcome, $"outcome ({answer.Text})");
        Desk.Same(5, answer.Leverage, "leverage");
    }

    private static void BadLeverage(Desk desk)
    {
        desk.Up();
        VenueEvent.LeverageAnswered answer = desk.Ask<VenueEvent.LeverageAnswered>(
            new VenueCommand.SetLeverage("BTC", 41, IsCross: true)
        );
        Desk.Same(CommandOutcome.Refused, answer.Outcome, "outcome");
        Desk.Check(!string.IsNullOrEmpty(answer.Text), "Refused without words.");
    }
}
