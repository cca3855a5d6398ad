namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>A fill of the fake venue.</summary>
internal sealed record FakeFill(long? TradeId, long OrderId, long TimeMs, int Size = 1)
{
    public string Json =>
        $$"""{"coin":"BTC","px":"50000.0","sz":"{{Size}}.0","side":"B","time":{{TimeMs}},"startPosition":"{{Size}}.0","dir":"Open Long","closedPnl":"0.0","hash":"0xabc","oid":{{OrderId}},"crossed":true,"fee":"0.1","feeToken":"USDC"{{(TradeId is { } tid ? FormattableString.Invariant($",\"tid\":{tid}") : "")}}}""";
}
