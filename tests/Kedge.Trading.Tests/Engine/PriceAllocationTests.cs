using System.Globalization;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.TestSupport;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Engine;

/// <summary>Prices come all the time and mostly nothing follows: then they leave no garbage, whatever is held.</summary>
public sealed class PriceAllocationTests
{
    private const int Symbols = 200;
    private const int Held = 40;
    private const long StartMs = 1_700_000_000_000;
    private static readonly Now Moment = new(1_000_000, StartMs);

    [Theory]
    [InlineData(TradingMode.Paper)]
    [InlineData(TradingMode.Live)]
    public void A_price_of_any_of_200_symbols_that_leads_to_nothing_allocates_nothing(TradingMode mode)
    {
        Sink sink = new();
        using TradingEngine engine = Make(mode);
        Tell(new EngineEvent.TimerFired(0));
        if (mode == TradingMode.Live)
        {
            Tell(new EngineEvent.Told(new VenueEvent.SessionUp(1)));
            Tell(new EngineEvent.Told(new VenueEvent.AccountAnswered(1_000_000m, 1_000_000m, 0m, [], StartMs, null)));
        }

        Prices(100.0);

        // The look at which equity becomes known.
        Tell(new EngineEvent.TimerFired(TradingEngine.SecondTimer));
        for (int i = 0; i < Held; i++)
        {
            Hold(i * (Symbols / Held));
        }

        Assert.True(engine.Account.OpenPositions == Held, sink.LastAlert);
        Prices(100.0);
        sink.Count = 0;
        long allocated = Allocations.Of(() =>
        {
            for (int round = 0; round < 50; round++)
            {
                Prices(100.0 + (round % 2 * 0.01));
            }
        });
        Assert.Equal(0, sink.Count);
        Assert.Equal(0, allocated);

        void Tell(EngineEvent told) => engine.Handle(in told, Moment, sink);

        void Prices(double price)
        {
            for (int i = 0; i < Symbols; i++)
            {
                engine.Price(new PriceTick(i, price, price - 0.005, price + 0.005, StartMs, Moment.MonotonicMs), Moment, sink);
            }
        }

        // On paper an order by hand; at a venue a position that somebody opened there and an operator gave to the lane.
        void Hold(int symbol)
        {
            string name = engine.Rules.Symbols[symbol];
            if (mode == TradingMode.Paper)
            {
                Tell(
                    new EngineEvent.Operated(
                        new OperatorCommand.Place
                        {
                            Operator = "ann",
                            Reason = "by hand",
                            Id = name,
                            Symbol = name,
                            IsBuy = true,
                            Size = 1m,
                        }
                    )
                );
                return;
            }

            Fill fill = new(symbol + 1, symbol + 1, default, name, true, 100m, 1m, 0m, 0m, 0m, true, false, StartMs);
            Tell(new EngineEvent.Told(new VenueEvent.Filled(fill, AccountCursor.StartingAt(StartMs))));
            Tell(
                new EngineEvent.Operated(
                    new OperatorCommand.Adopt
                    {
                        Operator = "ann",
                        Reason = "ours",
                        Symbol = name,
                    }
                )
            );
        }
    }

    private static TradingEngine Make(TradingMode mode)
    {
        string[] symbols =
        [
            .. Enumerable.Range(0, Symbols).Select(i => string.Create(CultureInfo.InvariantCulture, $"S{i:000}")),
        ];
        Dictionary<string, InstrumentSpec> specs = symbols.ToDictionary(
            s => s,
            s => new InstrumentSpec(s, 4, 6, 0, 10.0, [new LeverageTier(0.0, 50.0)]),
            StringComparer.Ordinal
        );
        return new TradingEngine(
            new EngineSettings
            {
                Lane = "prices",
                Mode = mode,
                LoadsBarsAtStart = false,
                PaperBalance = 1_000_000.0,
                Risk = new RiskSettings { MaxEntryOrdersPerMin = 1_000 },
            },
            EngineRules.Of(ConfigurationLoader.Defaults(new ConfigurationOptions { Symbols = symbols }), symbols, specs)
        );
    }

    private sealed class Sink : IEffectSink<EngineEffect>
    {
        public int Count { get; set; }

        public string LastAlert { get; private set; } = "";

        public void Add(in EngineEffect effect)
        {
            Count++;
            LastAlert = effect is EngineEffect.Alert alert ? alert.Text : LastAlert;
        }
    }
}
