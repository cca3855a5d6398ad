using Kedge.Kernel;
using Kedge.Kernel.Phases;
using Kedge.Model.Machines;

namespace Kedge.Venues.Paper;

/// <summary>
/// The price of a fill: offer or bid when they are fresh, else the mid worsened by slippage, else none. Priced by the kernel's
/// <see cref="Orders.Price"/>, as a replay prices its fills.
/// </summary>
internal static class PaperPrices
{
    private const double HighestPrice = 1e12;

    /// <summary>Finds the price a taker gets now.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="buys">Side.</param>
    /// <param name="options">Ages and slippage.</param>
    /// <param name="now">The moment.</param>
    /// <param name="price">The price, on the symbol's grid.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryTake(
        PaperSymbol symbol,
        bool buys,
        PaperOptions options,
        in Now now,
        out double price,
        out string reason
    )
    {
        double reference;
        double slippage;
        if (HasQuote(symbol, options, now))
        {
            reference = buys ? symbol.Ask : symbol.Bid;
            slippage = 0.0;
        }
        else if (HasMid(symbol, options, now))
        {
            reference = symbol.Mid;
            slippage = options.SlippageBps;
        }
        else
        {
            price = 0.0;
            reason = $"no price to fill at: {Describe(symbol, now)}";
            return false;
        }

        KernelOrder order = default;
        order.Action = OrderAction.Open;
        order.Side = buys ? Side.Long : Side.Short;
        order.Price = reference;
        order.Leverage = 1.0;
        Parameters parameters = default;
        parameters.Trade.SlippageBps = slippage;
        Orders.Price(ref order, parameters, symbol.Terms);
        price = order.ExpectedPrice;
        reason = price > 0.0 ? string.Empty : "no price to fill at: it rounds to zero";
        return price > 0.0;
    }

    /// <summary>Finds the price triggers and valuations look at: the fresh mid, else the middle of a fresh quote.</summary>
    public static bool TryMark(PaperSymbol symbol, PaperOptions options, in Now now, out double mark)
    {
        mark = HasMid(symbol, options, now) ? symbol.Mid : 0.0;
        if (!(mark > 0.0) && HasQuote(symbol, options, now))
        {
            mark = (symbol.Bid + symbol.Ask) / 2.0;
        }

        return mark > 0.0;
    }

    /// <summary>Whether a number can be a price: above zero, and small enough to be written with decimals.</summary>
    public static bool IsPrice(double value) => value > 0.0 && value < HighestPrice;

    private static bool HasQuote(PaperSymbol symbol, PaperOptions options, in Now now) =>
        options.UseQuotes
        && symbol.QuotedMs is { } at
        && now.MonotonicMs - at <= options.QuoteMaxAgeMs
        && IsPrice(symbol.Bid)
        && IsPrice(symbol.Ask)
        && symbol.Bid <= symbol.Ask;

    private static bool HasMid(PaperSymbol symbol, PaperOptions options, in Now now) =>
        symbol.MidMs is { } at && now.MonotonicMs - at <= options.MidMaxAgeMs && IsPrice(symbol.Mid);

    private static string Describe(PaperSymbol symbol, in Now now)
    {
        string quote = symbol.QuotedMs is { } q ? $"quote {symbol.Bid}/{symbol.Ask} is {now.MonotonicMs - q} ms old" : "no quote";
        string mid = symbol.MidMs is { } m ? $"mid {symbol.Mid} is {now.MonotonicMs - m} ms old" : "no mid";
        return $"{quote}, {mid}";
    }
}
