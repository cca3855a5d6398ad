using System.Text;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Payloads in the venue's documented shapes of which there is no recording.</summary>
internal static class SpecifiedPayloads
{
    private const string Fill =
        """{"coin":"BTC","px":"60000.0","sz":"0.1","side":"A","time":1770458548926,"startPosition":"0.1","dir":"Close Long","closedPnl":"12.5","hash":"0x1","oid":7,"crossed":false,"fee":"-0.01","feeToken":"USDC","tid":9,"twapId":null,"cloid":"0x00000000000000000000000000000001"}""";

    private const string Order =
        """{"coin":"BTC","side":"B","limitPx":"1.0","sz":"2.0","oid":5,"timestamp":1,"triggerCondition":"N/A","isTrigger":false,"triggerPx":"0.0","children":[],"isPositionTpsl":false,"reduceOnly":false,"orderType":"Limit","origSz":"3.0","tif":"Gtc","cloid":null}""";

    public const string FillsSnapshot =
        $$$"""{"channel":"userFills","data":{"user":"0xa","isSnapshot":true,"fills":[{{{Fill}}}]}}""";

    public const string Fills = $$$"""{"data":{"user":"0xa","fills":[{{{Fill}}},{{{Fill}}}]},"channel":"userFills"}""";

    public const string Fundings =
        """{"channel":"userFundings","data":{"user":"0xa","isSnapshot":true,"fundings":[{"time":1,"coin":"ETH","usdc":"-0.5","szi":"2.0","fundingRate":"0.0000125","nSamples":null}]}}""";

    public const string Ledger =
        """{"channel":"userNonFundingLedgerUpdates","data":{"user":"0xa","nonFundingLedgerUpdates":[{"time":1,"hash":"0x2","delta":{"type":"withdraw","usdc":"10.0","nonce":3,"fee":"1.0"}}]}}""";

    public const string PostAction =
        """{"channel":"post","data":{"id":4,"response":{"payload":{"status":"ok","response":{"type":"order","data":{"statuses":[{"resting":{"oid":77,"cloid":"0xab"}},{"error":"Insufficient margin to place order. asset=3"},"waitingForFill",{"later":1}]}}},"type":"action"}}}""";

    public const string PostInfo =
        """{"channel":"post","data":{"id":5,"response":{"type":"info","payload":{"type":"l2Book","data":{"coin":"BTC","time":1,"levels":[[],[]]}}}}}""";

    public const string PostError = """{"channel":"post","data":{"id":6,"response":{"type":"error","payload":"429"}}}""";

    public const string Error = """{"channel":"error","data":"too many pending post requests id=7"}""";

    public const string Pong = """{"channel":"pong"}""";

    public const string Unknown = """{"channel":"webData9","data":[1,{"a":null}]}""";

    public const string OneSided =
        """{"channel":"bbo","data":{"coin":"BTC","time":5,"bbo":[null,{"px":"2.5","sz":"1.0","n":1}]}}""";

    public const string Found =
        $$$"""{"status":"order","order":{"order":{{{Order}}},"status":"marginCanceled","statusTimestamp":2}}""";

    public const string NotFound = """{"status":"unknownOid"}""";

    public const string Canceled =
        """{"status":"ok","response":{"type":"cancel","data":{"statuses":["success",{"error":"Order was never placed, already canceled, or filled. asset=1"}]}}}""";

    public const string Refused = """{"status":"err","response":"User or API Wallet 0x00 does not exist."}""";

    public const string Meta =
        """{"universe":[{"name":"BTC","szDecimals":5,"maxLeverage":40,"marginTableId":56},{"name":"X","szDecimals":1,"maxLeverage":3,"marginTableId":3,"marginMode":"strictIsolated"}],"marginTables":[[56,{"description":"tiered 40x","marginTiers":[{"lowerBound":"0.0","maxLeverage":40},{"lowerBound":"150000000.0","maxLeverage":20}]}]],"collateralToken":0}""";

    public static IEnumerable<RecordedPayload> All() =>
        [
            .. new[]
            {
                FillsSnapshot,
                Fills,
                Fundings,
                Ledger,
                PostAction,
                PostInfo,
                PostError,
                Error,
                Pong,
                Unknown,
                OneSided,
            }.Select(text => Make("stream", text)),
            Make("orderStatus", Found),
            Make("orderStatus", NotFound),
            Make("exchange", Canceled),
            Make("exchange", Refused),
            Make("meta", Meta),
        ];

    private static RecordedPayload Make(string type, string text) => new(type, "specified", Encoding.UTF8.GetBytes(text));
}
