using System.Text;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Prices are read without allocation once symbols are known.</summary>
public sealed class PriceAllocationTests
{
    [Fact]
    public void Mids_and_quotes_allocate_nothing()
    {
        string[] symbols = [.. Enumerable.Range(0, 200).Select(i => $"S{i}")];
        byte[] mids = Encoding.UTF8.GetBytes(
            "{\"channel\":\"allMids\",\"data\":{\"mids\":{"
                + string.Join(',', symbols.Select((s, i) => $"\"{s}\":\"{i + 1}.25\""))
                + "}}}"
        );
        byte[] quote =
            """{"channel":"bbo","data":{"coin":"S7","time":1766566375292,"bbo":[{"px":"23.757","sz":"42.09","n":1},{"px":"23.758","sz":"100.26","n":2}]}}"""u8.ToArray();
        StreamDecoder decoder = new(new SymbolTable(symbols), new DecodeReport());
        double warm = Pass(decoder, mids, quote);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double measured = Pass(decoder, mids, quote);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(warm, measured);
        Assert.Equal(7, decoder.Quote.SymbolId);
    }

    private static double Pass(StreamDecoder decoder, byte[] mids, byte[] quote)
    {
        double sum = 0.0;
        for (int i = 0; i < 2_000; i++)
        {
            decoder.Decode(mids);
            foreach (double price in decoder.Mids.Prices)
            {
                sum += price;
            }

            decoder.Decode(quote);
            sum += decoder.Quote.AskPrice;
        }

        return sum;
    }
}
