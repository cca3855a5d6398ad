using System.Text;
using BenchmarkDotNet.Attributes;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Bench;

/// <summary>Price messages of the venue, from bytes to numbers.</summary>
public class HyperliquidWire
{
    private const int Symbols = 200;

    private readonly StreamDecoder decoder = new(new SymbolTable(Enumerable.Range(0, Symbols).Select(Name)), new DecodeReport());
    private readonly byte[] quote =
        """{"channel":"bbo","data":{"coin":"S7","time":1766566375292,"bbo":[{"px":"23.757","sz":"42.09","n":1},{"px":"23.758","sz":"100.26","n":2}]}}"""u8.ToArray();

    private byte[] mids = [];

    [GlobalSetup]
    public void Setup() =>
        mids = Encoding.UTF8.GetBytes(
            "{\"channel\":\"allMids\",\"data\":{\"mids\":{"
                + string.Join(',', Enumerable.Range(0, Symbols).Select(i => $"\"{Name(i)}\":\"{1000 + (i * 7.125)}\""))
                + "}}}"
        );

    [Benchmark(OperationsPerInvoke = Symbols)]
    public double MidUpdate()
    {
        decoder.Decode(mids);
        return decoder.Mids.Prices[^1];
    }

    [Benchmark]
    public double Quote()
    {
        decoder.Decode(quote);
        return decoder.Quote.AskPrice;
    }

    private static string Name(int i) => $"S{i}";
}
