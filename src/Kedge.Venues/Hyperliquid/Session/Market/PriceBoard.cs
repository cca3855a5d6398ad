using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Market;

/// <summary>Hands the prices a decoder holds to a sink. Prices that cannot be (not above zero, not finite, a bid over the offer) are dropped and counted.</summary>
internal sealed class PriceBoard(StreamDecoder decoder, SymbolTable symbols)
{
    private PayloadKind kind;
    private long receivedMs;

    /// <summary>Prices dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>The decoder holds new prices; tells the last symbol whose price cannot be one, or null.</summary>
    public string? Hold(PayloadKind held, long nowMs)
    {
        (kind, receivedMs) = (held, nowMs);
        if (held != PayloadKind.Mids || decoder.Mids.LastBad < 0)
        {
            return null;
        }

        Dropped += decoder.Mids.BadPrices;
        return symbols[decoder.Mids.LastBad];
    }

    /// <summary>There are none (any more).</summary>
    public void Clear() => kind = PayloadKind.None;

    /// <summary>Hands them over.</summary>
    public void Deliver(IPriceSink sink)
    {
        if (kind == PayloadKind.Mids)
        {
            ReadOnlySpan<int> ids = decoder.Mids.Ids;
            ReadOnlySpan<double> prices = decoder.Mids.Prices;
            for (int i = 0; i < ids.Length; i++)
            {
                if (IsPrice(prices[i]))
                {
                    sink.Mid(symbols[ids[i]], prices[i], receivedMs);
                }
                else
                {
                    Dropped++;
                }
            }
        }
        else if (kind == PayloadKind.Quote && decoder.Quote.SymbolId >= 0)
        {
            ref readonly BestQuote quote = ref decoder.Quote;
            double bid = quote.BidPrice;
            double ask = quote.AskPrice;
            if ((bid != 0.0 && !IsPrice(bid)) || (ask != 0.0 && !IsPrice(ask)) || (bid > ask && ask != 0.0))
            {
                Dropped++;
            }
            else
            {
                sink.Quote(symbols[quote.SymbolId], bid, ask, quote.TimeMs, receivedMs);
            }
        }

        kind = PayloadKind.None;
    }

    private static bool IsPrice(double price) => price > 0.0 && double.IsFinite(price);
}
