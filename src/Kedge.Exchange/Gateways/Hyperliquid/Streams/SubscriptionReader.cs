using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>Reads a subscription object. Keys it does not know do not matter.</summary>
internal static class SubscriptionReader
{
    private const int None = 0;
    private const int Coin = 1;
    private const int User = 2;

    private static readonly Dictionary<string, (StreamKind Kind, int Needs)> Types = new(StringComparer.Ordinal)
    {
        ["allMids"] = (StreamKind.AllMids, None),
        ["l2Book"] = (StreamKind.Book, Coin),
        ["bbo"] = (StreamKind.BestQuote, Coin),
        ["trades"] = (StreamKind.Trades, Coin),
        ["candle"] = (StreamKind.Candle, Coin),
        ["activeAssetCtx"] = (StreamKind.Context, Coin),
        ["orderUpdates"] = (StreamKind.OrderUpdates, User),
        ["userFills"] = (StreamKind.UserFills, User),
        ["userEvents"] = (StreamKind.UserEvents, User),
        ["userFundings"] = (StreamKind.UserFundings, User),
        ["userNonFundingLedgerUpdates"] = (StreamKind.Ledger, User),
        ["clearinghouseState"] = (StreamKind.AccountState, User),
        ["openOrders"] = (StreamKind.OpenOrders, User),
        ["activeAssetData"] = (StreamKind.AssetData, User | Coin),
        ["notification"] = (StreamKind.Notification, User),
        ["webData2"] = (StreamKind.WebData2, User),
        ["webData3"] = (StreamKind.WebData3, User),
        ["twapStates"] = (StreamKind.TwapStates, User),
        ["userHistoricalOrders"] = (StreamKind.HistoricalOrders, User),
        ["userTwapHistory"] = (StreamKind.TwapHistory, User),
        ["userTwapSliceFills"] = (StreamKind.TwapSliceFills, User),
        ["assetCtxs"] = (StreamKind.AssetContexts, None),
        ["allDexsAssetCtxs"] = (StreamKind.AllContexts, None),
        ["allDexsClearinghouseState"] = (StreamKind.AllAccountStates, User),
    };

    /// <summary>A new subscription, or null when type or arguments are not the venue's.</summary>
    public static Subscription? Read(JsonElement json, IVenueState venue)
    {
        if (
            json.ValueKind != JsonValueKind.Object
            || Text(json, "type") is not string type
            || !Types.TryGetValue(type, out (StreamKind Kind, int Needs) known)
            || !IsAbsentOrEmpty(json, "dex")
            || !TryCoin(json, venue, known.Needs, out int symbol)
            || !TryUser(json, venue, known.Needs, out string user, out int account)
            || !TryInterval(json, known.Kind, out long intervalMs)
            || !TryNumber(json, "nSigFigs", known.Kind, out int? figures)
            || !TryNumber(json, "mantissa", known.Kind, out int? mantissa)
            || figures is < 2 or > 5
            || (mantissa is not null && (figures != 5 || mantissa is not (1 or 2 or 5)))
            || !TryFlag(json, "aggregateByTime", out bool aggregates)
        )
        {
            return null;
        }

        return new Subscription
        {
            Kind = known.Kind,
            Key = string.Create(
                CultureInfo.InvariantCulture,
                $"{type}|{symbol}|{intervalMs}|{user}|{figures}|{mantissa}|{aggregates}"
            ),
            Symbol = symbol,
            IntervalMs = intervalMs,
            User = user,
            Account = account,
            SignificantFigures = figures,
            Mantissa = mantissa,
            Aggregates = aggregates,
        };
    }

    /// <summary>A string property; null when it is absent, no string, or no valid text.</summary>
    public static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair behind an escape is no text.
            return null;
        }
    }

    private static bool IsAbsentOrEmpty(JsonElement json, string name) =>
        !json.TryGetProperty(name, out JsonElement value)
        || value.ValueKind == JsonValueKind.Null
        || Text(json, name) is { Length: 0 };

    private static bool TryCoin(JsonElement json, IVenueState venue, int needs, out int symbol)
    {
        symbol = -1;
        if ((needs & Coin) != 0 && Text(json, "coin") is string coin)
        {
            symbol = venue.FindSymbol(Encoding.UTF8.GetBytes(coin));
        }

        return (needs & Coin) == 0 || symbol >= 0;
    }

    private static bool TryUser(JsonElement json, IVenueState venue, int needs, out string user, out int account)
    {
        user = "";
        account = -1;
        if ((needs & User) == 0)
        {
            return true;
        }

        if (Text(json, "user") is not { Length: <= 64 } text || (account = venue.FindAccount(text)) < -1)
        {
            return false;
        }

        user = text.ToLowerInvariant();
        user = user.StartsWith("0x", StringComparison.Ordinal) ? user : "0x" + user;
        return true;
    }

    private static bool TryInterval(JsonElement json, StreamKind kind, out long intervalMs)
    {
        intervalMs = 0;
        return kind != StreamKind.Candle || CandleInterval.TryParse(Text(json, "interval"), out intervalMs);
    }

    private static bool TryNumber(JsonElement json, string name, StreamKind kind, out int? number)
    {
        number = null;
        if (kind != StreamKind.Book || !json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int found))
        {
            return false;
        }

        number = found;
        return true;
    }

    private static bool TryFlag(JsonElement json, string name, out bool flag)
    {
        flag = false;
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        flag = value.ValueKind == JsonValueKind.True;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }
}
