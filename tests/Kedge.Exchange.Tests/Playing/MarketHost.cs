using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Playing;

/// <summary>Core, player and candles together, as the gateway has them.</summary>
internal sealed class MarketHost
{
    private readonly Recorder _recorder = new();

    public MarketHost(IReadOnlyList<MarketSeries> series, long startMs, MarketSettings? settings = null)
    {
        Candles = new CandleStore(Markets.Settings.Instruments.Count);
        Core = new ExchangeCore(Markets.Settings);
        Player = new MarketPlayer(Core.Settings, series, settings ?? new MarketSettings(), Candles, startMs);
        NowMs = startMs;
    }

    public ExchangeCore Core { get; private set; }

    public CandleStore Candles { get; set; }

    public MarketPlayer Player { get; set; }

    public long NowMs { get; private set; }

    public List<ExchangeEvent> All { get; } = [];

    public void PlayTo(long wallMs)
    {
        NowMs = wallMs;
        while (Player.TryNext(Core, wallMs, out MarketStep step))
        {
            Assert.True(step.TimeMs <= wallMs);
            foreach (ExchangeCommand command in step.Commands.ToArray())
            {
                Handle(in command, step.TimeMs);
            }
        }
    }

    public void TakeOver(ExchangeCore core) => Core = core;

    public void Send(in ExchangeCommand command) => Handle(in command, NowMs);

    public CandleRecord[] Of(int symbol, long intervalMs) => [.. Candles.Between(symbol, intervalMs, 0, long.MaxValue)];

    private void Handle(in ExchangeCommand command, long timeMs)
    {
        _recorder.Events.Clear();
        Now now = new(timeMs, timeMs);
        Core.Handle(in command, in now, _recorder);
        All.AddRange(_recorder.Events);
        foreach (ExchangeEvent trade in _recorder.Of(EventKind.Trade))
        {
            Candles.Trade(trade.Symbol, trade.TimeMs, trade.Price, trade.Size);
        }
    }
}
