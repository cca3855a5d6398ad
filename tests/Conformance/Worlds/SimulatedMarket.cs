using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Simulation;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>Moves the prices of the simulated exchange: the house quotes each symbol anew every second, at a price that stands or wanders.</summary>
internal sealed class SimulatedMarket : ISimActor
{
    private const long StepMs = 1_000;

    /// <summary>0.00125 % an hour, in 1e-10 of notional.</summary>
    private const long FundingRate = 125_000;

    private readonly VirtualScheduler _scheduler;
    private readonly SimulatedVenueServer _server;
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly HouseQuoter[] _quoters;
    private readonly long[] _prices;
    private readonly SimSource _source;
    private readonly SimRandom _random;
    private readonly int _wanderPpm;

    /// <param name="scheduler">Time.</param>
    /// <param name="server">The venue.</param>
    /// <param name="instruments">What trades, in order.</param>
    /// <param name="prices">First prices, ticks.</param>
    /// <param name="wanderPpm">Largest step of a price, 1e-6; 0 for prices that stand.</param>
    public SimulatedMarket(
        VirtualScheduler scheduler,
        SimulatedVenueServer server,
        IReadOnlyList<Instrument> instruments,
        long[] prices,
        int wanderPpm
    )
    {
        _scheduler = scheduler;
        _server = server;
        _instruments = instruments;
        _prices = prices;
        _wanderPpm = wanderPpm;
        _quoters =
        [
            .. instruments.Select((one, i) => new HouseQuoter(i, one, new QuoteSettings { Levels = 5, SpreadPpm = 200 })),
        ];
        _random = scheduler.Random.Fork("market");
        _source = scheduler.AddSource("market", this);
        scheduler.Schedule(_source, scheduler.NowUs + 1, 0, background: true);
    }

    /// <summary>Moves one price, at once.</summary>
    public void Move(int symbol, decimal usd)
    {
        _prices[symbol] = (long)(usd * Power(6 - _instruments[symbol].SizeDecimals));
        Quote(symbol);
    }

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        for (int symbol = 0; symbol < _prices.Length; symbol++)
        {
            if (_wanderPpm > 0)
            {
                long step = _random.NextBetween(-_wanderPpm, _wanderPpm);
                _prices[symbol] = Math.Max(1_000, _prices[symbol] + (_prices[symbol] * step / 1_000_000));
            }

            Quote(symbol);
        }

        _scheduler.Schedule(_source, _scheduler.NowUs + (StepMs * 1_000), 0, background: true);
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => "prices";

    private void Quote(int symbol)
    {
        if (_server.Process.IsRunning)
        {
            PathPoint point = new(_scheduler.Now.WallMs, _prices[symbol], 1);
            _server.Operate(
                new VenueOperation.Command([
                    .. _quoters[symbol].Quote(point),
                    ExchangeCommand.SetFundingRate(symbol, FundingRate),
                ])
            );
        }
    }

    private static long Power(int decimals)
    {
        long power = 1;
        for (int i = 0; i < decimals; i++)
        {
            power *= 10;
        }

        return power;
    }
}
