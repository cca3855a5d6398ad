using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kedge.TestSupport;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>One recorded payload, with what it is: <c>stream</c>, <c>exchange</c> or the type of an <c>/info</c> request.</summary>
public sealed record RecordedPayload(string Type, string Source, byte[] Bytes)
{
    private const string Folder = "vectors/hyperliquid";

    /// <summary>Types of samples by name; perpetuals and spot share some names.</summary>
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["GetAccountInfo"] = "clearinghouseState",
        ["GetFundingHistory"] = "userFunding",
        ["Futures/ExchangeData/GetExchangeInfo"] = "meta",
        ["Futures/ExchangeData/GetExchangeInfoAndTickers"] = "metaAndAssetCtxs",
        ["GetFundingRateHistory"] = "fundingHistory",
        ["GetAccountLedger"] = "userNonFundingLedgerUpdates",
        ["GetRateLimits"] = "userRateLimit",
        ["GetKlines"] = "candleSnapshot",
        ["GetOrderBook"] = "l2Book",
        ["GetPrices"] = "allMids",
        ["GetOpenOrders"] = "openOrders",
        ["GetOpenOrdersExtended"] = "frontendOpenOrders",
        ["GetUserTrades"] = "userFills",
        ["GetSymbolsAtMaxOpenInterest"] = "perpsAtOpenInterestCap",
        ["GetApprovedBuilderFee"] = "maxBuilderFee",
        ["GetBalances"] = "spotClearinghouseState",
        ["GetExtraAgents"] = "extraAgents",
        ["GetSubAccounts"] = "subAccounts",
        ["GetSubAccounts2"] = "subAccounts",
        ["GetAssetInfo"] = "tokenDetails",
        ["Spot/ExchangeData/GetExchangeInfo"] = "spotMeta",
        ["Spot/ExchangeData/GetExchangeInfoAndTickers"] = "spotMetaAndAssetCtxs",
    };

    /// <summary>All that are read, or none when the reference data is absent.</summary>
    public static IReadOnlyList<RecordedPayload> All { get; } = ReferenceData.Find(Folder) is null ? [] : [.. Load()];

    /// <summary>Skips the test that calls it when the reference data is absent.</summary>
    public static void RequireAll() => Assert.SkipWhen(All.Count == 0, ReferenceData.WhyAbsent(Folder) ?? "no payloads");

    /// <summary>Reads it with the decoder of its type.</summary>
    public DecodeFault Decode(AnswerDecoder answers, StreamDecoder stream, byte[] bytes)
    {
        switch (Type)
        {
            case "stream":
                stream.Decode(bytes);
                return stream.Fault;
            case "exchange":
                return answers.Exchange(bytes).Fault;
            case "meta":
                return answers.Meta(bytes).Fault;
            case "metaAndAssetCtxs":
                return answers.MetaAndContexts(bytes).Fault;
            case "allMids":
                return answers.Mids(bytes, new SymbolTable("BTC", "APE"), new MidUpdates());
            case "candleSnapshot":
                return answers.Candles(bytes).Fault;
            case "l2Book":
                return answers.Book(bytes).Fault;
            case "clearinghouseState":
                return answers.Account(bytes).Fault;
            case "openOrders" or "frontendOpenOrders":
                return answers.OpenOrders(bytes).Fault;
            case "orderStatus":
                return answers.OrderStatus(bytes).Fault;
            case "userFills":
                return answers.Fills(bytes).Fault;
            case "userFunding":
                return answers.FundingPayments(bytes).Fault;
            case "userNonFundingLedgerUpdates":
                return answers.Ledger(bytes).Fault;
            case "fundingHistory":
                return answers.FundingRates(bytes).Fault;
            case "userRateLimit":
                return answers.RateLimit(bytes).Fault;
            case "spotMeta":
                return answers.SpotMeta(bytes).Fault;
            case "spotMetaAndAssetCtxs":
                return answers.SpotMetaAndContexts(bytes).Fault;
            case "spotClearinghouseState":
                return answers.SpotBalances(bytes).Fault;
            case "tokenDetails":
                return answers.TokenDetails(bytes).Fault;
            case "extraAgents":
                return answers.ApiWallets(bytes).Fault;
            case "subAccounts":
                return answers.SubAccounts(bytes).Fault;
            case "userRole":
                return answers.UserRole(bytes).Fault;
            case "userVaultEquities":
                return answers.VaultEquities(bytes).Fault;
            case "userTwapSliceFills":
                return answers.TwapSliceFills(bytes).Fault;
            case "delegatorHistory":
                return answers.Delegations(bytes).Fault;
            case "maxBuilderFee":
                return answers.BuilderFee(bytes).Fault;
            case "perpsAtOpenInterestCap":
                return answers.CappedSymbols(bytes).Fault;
            default:
                throw new InvalidOperationException($"{Source}: nothing reads {Type}");
        }
    }

    private static IEnumerable<RecordedPayload> Load()
    {
        string folder = ReferenceData.Require(Folder);
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "info")).Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            string name = Path.GetFileName(file);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement entry in document.RootElement.EnumerateArray())
                {
                    string type = entry.GetProperty("request").GetProperty("type").GetString()!;
                    yield return new RecordedPayload(type, name, Raw(entry.GetProperty("response")));
                }

                continue;
            }

            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                bool isExchange = entry.Value.GetProperty("path").GetString() == "/exchange";
                string shortName = entry.Name.Split('/')[^1];
                string type = isExchange
                    ? "exchange"
                    : Samples.GetValueOrDefault(entry.Name) ?? Samples.GetValueOrDefault(shortName, shortName);
                yield return new RecordedPayload(type, $"{name}: {entry.Name}", Raw(entry.Value.GetProperty("response")));
            }
        }

        foreach (RecordedPayload payload in Streams(folder))
        {
            yield return payload;
        }

        using JsonDocument orders = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "fills_and_order_responses.json")));
        yield return new RecordedPayload("userFills", "fills", Raw(orders.RootElement.GetProperty("userFills")));
        foreach (JsonElement answer in orders.RootElement.GetProperty("order_responses").EnumerateArray())
        {
            yield return new RecordedPayload("exchange", "order_responses", Raw(answer));
        }
    }

    private static IEnumerable<RecordedPayload> Streams(string folder)
    {
        using JsonDocument samples = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(folder, "ws/hyperliquid-net-subscriptions.json"))
        );
        foreach (JsonProperty subscription in samples.RootElement.EnumerateObject())
        {
            foreach (JsonElement message in subscription.Value.EnumerateArray())
            {
                if (message.TryGetProperty("server", out JsonElement server))
                {
                    yield return new RecordedPayload("stream", subscription.Name, Raw(server));
                }
            }
        }

        using StreamReader feed = new(
            new GZipStream(
                File.OpenRead(Path.Combine(folder, "ws/btc_l2book_trades_20250126.txt.gz")),
                CompressionMode.Decompress
            )
        );
        while (feed.ReadLine() is { } line)
        {
            yield return new RecordedPayload("stream", "feed", Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]));
        }
    }

    private static byte[] Raw(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
