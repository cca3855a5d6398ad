using System.Buffers;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using Kedge.Exchange.Gateways.Hyperliquid.Info;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>
/// The core and what is remembered of it: every event becomes a record, is kept, and is told to the listener, in one pass and in the order in
/// which it happened. Nothing is remembered of the house.
/// </summary>
internal sealed partial class VenueStore : IVenueState
{
    /// <summary>Refused orders get ids of their own, above 2^32 and below those of the core, so that they can be asked for.</summary>
    private const long FirstRefusedId = 1L << 34;

    private readonly List<AccountHistory> _accounts = [];
    private readonly SymbolHistory[] _symbols;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly byte[][] _nameBytes;
    private readonly InfoDesk _info;
    private readonly ActionDesk _actions;

    public VenueStore(ExchangeCore core, GatewaySettings settings, CandleStore candles, MarketPlayer? player)
    {
        Core = core;
        Settings = settings;
        Candles = candles;
        Player = player;
        IReadOnlyList<Instrument> instruments = core.Settings.Instruments;
        _symbols = new SymbolHistory[instruments.Count];
        _nameBytes = new byte[instruments.Count][];
        for (int symbol = 0; symbol < instruments.Count; symbol++)
        {
            _symbols[symbol] = new SymbolHistory(settings);
            _nameBytes[symbol] = Encoding.UTF8.GetBytes(instruments[symbol].Name);
            _names.TryAdd(instruments[symbol].Name, symbol);
        }

        _bookTouched = new bool[instruments.Count];
        Weights = new CallerWeights(settings);
        _info = new InfoDesk(this);
        _actions = new ActionDesk(this);
    }

    public ExchangeCore Core { get; }

    public GatewaySettings Settings { get; }

    /// <summary>Candles of all symbols.</summary>
    public CandleStore Candles { get; }

    /// <summary>What moves prices; null when only the operator does.</summary>
    public MarketPlayer? Player { get; }

    /// <summary>Who hears of it.</summary>
    public IVenueListener Listener { get; set; } = new NullListener();

    /// <summary>What the callers may still ask for.</summary>
    public CallerWeights Weights { get; }

    public ActionDesk Actions => _actions;

    /// <summary>Step of the told clock against the true one.</summary>
    public long ClockStepMs { get; set; }

    /// <summary>The true moment of the input under way.</summary>
    public Now Now { get; private set; }

    public long ToldMs => Math.Max(0, Now.WallMs + ClockStepMs);

    /// <summary>An input begins: what was due by now happens first.</summary>
    public void Begin(in Now now)
    {
        SampleFunding(now.WallMs);
        Now = now;
        Run(ExchangeCommand.TimerFired());
    }

    public int FindSymbol(ReadOnlySpan<byte> coin)
    {
        for (int symbol = 0; symbol < _nameBytes.Length; symbol++)
        {
            if (coin.SequenceEqual(_nameBytes[symbol]))
            {
                return symbol;
            }
        }

        return -1;
    }

    public int FindSymbol(string coin) => _names.GetValueOrDefault(coin, -1);

    public int FindAccount(string address) =>
        Kedge.Crypto.Address.TryParse(address, out Kedge.Crypto.Address parsed) ? Core.FindAccount(Addresses.Of(parsed)) : -2;

    /// <summary>What is remembered of an account; made when it is first asked for.</summary>
    public AccountHistory Account(int account)
    {
        while (_accounts.Count <= account)
        {
            _accounts.Add(new AccountHistory(Settings));
        }

        return _accounts[account];
    }

    public SymbolHistory Symbol(int symbol) => _symbols[symbol];

    public IReadOnlyList<FillRecord> Fills(int account) => IsKnown(account) ? _accounts[account].Fills : [];

    public IReadOnlyList<FundingRecord> Funding(int account) => IsKnown(account) ? _accounts[account].Funding : [];

    public IReadOnlyList<LedgerRecord> Ledger(int account) => IsKnown(account) ? _accounts[account].Ledger : [];

    public IReadOnlyList<TradeRecord> Trades(int symbol) => _symbols[symbol].Trades;

    public bool TryCandle(int symbol, long intervalMs, out CandleRecord candle) =>
        Candles.TryCurrent(symbol, intervalMs, out candle);

    /// <summary>Hourly funding rates of a symbol, oldest first.</summary>
    public IReadOnlyList<FundingRateRecord> FundingRates(int symbol) =>
        Player is null ? _symbols[symbol].Rates : Player.FundingHistory(symbol);

    public int Info(ReadOnlySpan<byte> query, IBufferWriter<byte> body, string caller, in Now now) =>
        _info.Answer(query.ToArray(), body, caller);

    public int Action(
        ReadOnlyMemory<byte> envelope,
        IBufferWriter<byte> body,
        string caller,
        in Now now,
        IEffectSink<GatewayOutput> effects
    ) => _actions.Answer(envelope, body, caller, effects);

    public void WriteAccount(Utf8JsonWriter json, int account) => AccountJson.Write(json, this, account);

    public void WriteOpenOrders(Utf8JsonWriter json, int account) => OrderJson.WriteFrontend(json, Core, account);

    public void WriteMeta(Utf8JsonWriter json) => MarketJson.WriteMeta(json, Core);

    public void WriteContext(Utf8JsonWriter json, int symbol) => MarketJson.WriteContext(json, this, symbol);

    public void WriteMids(Utf8JsonWriter json) => MarketJson.WriteMids(json, this);

    public void WriteBook(Utf8JsonWriter json, int symbol, int? significantFigures, int? mantissa) =>
        BookJson.Write(json, this, symbol, significantFigures, mantissa);

    public int Info(ReadOnlyMemory<byte> query, IBufferWriter<byte> body, string caller) => _info.Answer(query, body, caller);

    private bool IsKnown(int account) => account >= 0 && account < _accounts.Count;

    /// <summary>Writes down the funding rate of every symbol at each whole interval between the last input and this one, newest 500.</summary>
    private void SampleFunding(long nowMs)
    {
        long interval = Core.Settings.FundingIntervalMs;
        long last = Core.TimeMs / interval;
        long next = nowMs / interval;
        if (Player is not null || Core.TimeMs == 0 || next <= last)
        {
            return;
        }

        for (long at = Math.Max(last + 1, next - 499); at <= next; at++)
        {
            for (int symbol = 0; symbol < _symbols.Length; symbol++)
            {
                _symbols[symbol].Rates.Add(new FundingRateRecord(at * interval, Core.Prices(symbol).FundingRate, 0));
            }
        }
    }
}
