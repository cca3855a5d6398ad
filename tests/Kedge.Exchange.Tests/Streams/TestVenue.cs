using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>The rest of a gateway, as little of it as streams need. Accounts of the rig have the addresses 0x…01 to 0x…03.</summary>
internal sealed class TestVenue(Rig rig) : IVenueState
{
    public ExchangeCore Core => rig.Core;

    public long ToldMs => rig.NowMs;

    public CandleStore Candles { get; } = new(Markets.Settings.Instruments.Count);

    public List<FillRecord> AllFills { get; } = [];

    public List<FundingRecord> AllFunding { get; } = [];

    public List<LedgerRecord> AllLedger { get; } = [];

    public List<TradeRecord> AllTrades { get; } = [];

    public (int Status, string Body) InfoAnswer { get; set; } = (200, "{\"a\":1}");

    public List<string> Asked { get; } = [];

    public int FindSymbol(ReadOnlySpan<byte> coin)
    {
        string name = Encoding.UTF8.GetString(coin);
        for (int i = 0; i < Core.Settings.Instruments.Count; i++)
        {
            if (Core.Settings.Instruments[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    public int FindAccount(string address)
    {
        string hex = address.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? address[2..] : address;
        return
            hex.Length == 40 && UInt128.TryParse(hex[8..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out UInt128 low)
            ? Core.FindAccount(new Address(0, low))
            : -2;
    }

    public IReadOnlyList<FillRecord> Fills(int account) => [.. AllFills.Where(one => one.Account == account)];

    public IReadOnlyList<FundingRecord> Funding(int account) => [.. AllFunding.Where(one => one.Account == account)];

    public IReadOnlyList<LedgerRecord> Ledger(int account) => [.. AllLedger.Where(one => one.Account == account)];

    public IReadOnlyList<TradeRecord> Trades(int symbol) => [.. AllTrades.Where(one => one.Symbol == symbol)];

    public bool TryCandle(int symbol, long intervalMs, out CandleRecord candle) =>
        Candles.TryCurrent(symbol, intervalMs, out candle);

    public int Info(ReadOnlySpan<byte> query, IBufferWriter<byte> body, string caller, in Now now)
    {
        Asked.Add(Encoding.UTF8.GetString(query));
        body.Write(Encoding.UTF8.GetBytes(InfoAnswer.Body));
        return InfoAnswer.Status;
    }

    public int Action(
        ReadOnlyMemory<byte> envelope,
        IBufferWriter<byte> body,
        string caller,
        in Now now,
        IEffectSink<GatewayOutput> effects
    ) => Info(envelope.Span, body, caller, in now);

    public void WriteAccount(Utf8JsonWriter json, int account) => Write(json, "account", account);

    public void WriteOpenOrders(Utf8JsonWriter json, int account)
    {
        json.WriteStartArray();
        json.WriteNumberValue(account);
        json.WriteEndArray();
    }

    public void WriteMeta(Utf8JsonWriter json) => Write(json, "universe", 0);

    public void WriteContext(Utf8JsonWriter json, int symbol) => Write(json, "markPx", Core.Prices(symbol).Mark);

    public void WriteMids(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (int i = 0; i < Core.Settings.Instruments.Count; i++)
        {
            Instrument instrument = Core.Settings.Instruments[i];
            VenueJson.Price(json, Encoding.UTF8.GetBytes(instrument.Name), instrument, Core.Prices(i).Mark);
        }

        json.WriteEndObject();
    }

    public void WriteBook(Utf8JsonWriter json, int symbol, int? significantFigures, int? mantissa)
    {
        json.WriteStartObject();
        json.WriteString("coin", Core.Settings.Instruments[symbol].Name);
        json.WriteNumber("time", ToldMs);
        json.WriteStartArray("levels");
        foreach (OrderSide side in new[] { OrderSide.Buy, OrderSide.Sell })
        {
            BookLevel[] levels = new BookLevel[20];
            json.WriteStartArray();
            foreach (BookLevel level in levels.Take(Core.Depth(symbol, side, levels)))
            {
                VenueJson.Level(json, Core.Settings.Instruments[symbol], in level);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long value)
    {
        json.WriteStartObject();
        json.WriteNumber(name, value);
        json.WriteEndObject();
    }
}
