using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>A book as <c>l2Book</c> has it: at most twenty levels a side, prices cut to significant figures where asked.</summary>
internal static class BookJson
{
    private const int Levels = 20;

    /// <summary>Levels looked at when prices are cut; deeper ones do not show.</summary>
    private const int LevelsCut = 2_000;

    /// <summary>Whether the cut is one the venue knows: 2…5 figures, a mantissa of 1, 2 or 5 with 5 figures only.</summary>
    public static bool IsKnownCut(int? figures, int? mantissa) =>
        figures is null or >= 2 and <= 5 && (mantissa is null || (figures == 5 && mantissa is 1 or 2 or 5));

    public static void Write(Utf8JsonWriter json, VenueStore store, int symbol, int? figures, int? mantissa)
    {
        json.WriteStartObject();
        json.WriteString("coin"u8, store.Core.Settings.Instruments[symbol].Name);
        json.WriteNumber("time"u8, store.ToldMs);
        json.WriteStartArray("levels"u8);
        WriteSide(json, store, symbol, OrderSide.Buy, figures, mantissa);
        WriteSide(json, store, symbol, OrderSide.Sell, figures, mantissa);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, VenueStore store, int symbol, OrderSide side, int? figures, int? mantissa)
    {
        Instrument instrument = store.Core.Settings.Instruments[symbol];
        BookLevel[] levels = new BookLevel[figures is null ? Levels : LevelsCut];
        int count = store.Core.Depth(symbol, side, levels);
        if (figures is int cut)
        {
            count = Merge(levels.AsSpan(0, count), side, cut, mantissa ?? 1);
        }

        json.WriteStartArray();
        for (int i = 0; i < Math.Min(count, Levels); i++)
        {
            json.WriteStartObject();
            json.Scaled("px"u8, levels[i].Price, instrument.PriceDecimals);
            json.Scaled("sz"u8, levels[i].Size, instrument.SizeDecimals);
            json.WriteNumber("n"u8, levels[i].Orders);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Bids are cut downwards and asks upwards, so that a cut book never crosses.</summary>
    private static int Merge(Span<BookLevel> levels, OrderSide side, int figures, int mantissa)
    {
        int merged = 0;
        foreach (BookLevel level in levels)
        {
            long step = 1;
            long bound = (long)Math.Pow(10, figures);
            while (level.Price / step >= bound)
            {
                step *= 10;
            }

            // Where a price has fewer figures than asked for, nothing is cut.
            step *= level.Price >= bound / 10 ? mantissa : 1;
            long price = level.Price / step * step;
            price += side == OrderSide.Sell && price != level.Price ? step : 0;
            if (merged > 0 && levels[merged - 1].Price == price)
            {
                BookLevel last = levels[merged - 1];
                levels[merged - 1] = new BookLevel(price, last.Size + level.Size, last.Orders + level.Orders);
            }
            else
            {
                levels[merged++] = new BookLevel(price, level.Size, level.Orders);
            }
        }

        return merged;
    }
}
