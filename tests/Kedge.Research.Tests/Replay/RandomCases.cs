using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>Seeded runs: the seed alone decides market, parameters, venue terms, window and starting state.</summary>
internal static class RandomCases
{
    public static ReplayCase Make(ulong seed, bool? subBars = null)
    {
        TestRandom random = new(seed);
        bool exit = subBars ?? random.Chance(0.35);
        bool entry = subBars ?? random.Chance(0.35);
        TestMarket market = RandomMarket.Make(
            random,
            random.Whole(4, 6),
            exit || entry ? random.Whole(150, 260) : random.Whole(300, 500),
            exit,
            entry,
            random.Chance(0.6)
        );
        Parameters portfolio = RandomParameters.Make(random);
        bool layers = random.Chance(0.3);
        ReplayCase made = new()
        {
            Seed = seed,
            Market = market,
            Portfolio = portfolio,
            Parameters = market.Symbols.ToDictionary(
                s => s,
                s => Traits(s, layers ? RandomParameters.Vary(random, portfolio) : portfolio),
                StringComparer.Ordinal
            ),
            Terms =
                random.Chance(0.45) || portfolio.Trade.SlAtrMult > 50.0
                    ? market.Symbols.ToDictionary(
                        s => s,
                        s => Terms(random, market.Main.Bars[s][0].Close),
                        StringComparer.Ordinal
                    )
                    : null,
            Lookback = random.Pick(0, 1, 30, 60, 120),
            Balance = random.Pick(10_000.0, 10_000.0, 500.0, 2_000_000.0),
        };
        made = Window(random, made);
        return random.Chance(0.3) ? made with { InitState = Init(random, made) } : made;
    }

    private static Parameters Traits(string symbol, Parameters p)
    {
        p.Traits =
            symbol == "BTC" ? SymbolTraits.Btc
            : symbol == "PAXG" ? SymbolTraits.StagnationExempt
            : SymbolTraits.None;
        return p;
    }

    private static InstrumentTerms Terms(TestRandom random, double price)
    {
        InstrumentTerms terms = default;
        terms.LotSize = random.Chance(0.8)
            ? Math.Pow(10.0, Math.Round(Math.Log10(random.Pick(1.0, 20.0, 3_000.0) / price)))
            : 0.0;
        terms.MinNotional = random.Pick(0.0, 10.0, 100.0);
        terms.PriceStep = random.Pick(0.0, 0.000001, 0.001);
        terms.SignificantFigures = random.Pick(0, 5);
        terms.TierCount = random.Pick(0, 1, 3, 3);
        double rate = random.Pick(0.01, 0.03, 0.05);
        double bound = 0.0;
        double deduction = 0.0;
        for (int i = 0; i < terms.TierCount; i++)
        {
            terms.SetTier(i, bound, random.Pick(50.0, 20.0, 10.0, 4.0) / (i + 1), rate, deduction);
            // The requirement is continuous where one tier meets the next.
            bound += random.Pick(3_000.0, 50_000.0);
            deduction += bound * rate;
            rate *= 2.0;
        }

        return terms;
    }

    private static ReplayCase Window(TestRandom random, ReplayCase made)
    {
        List<long> ticks = made.Market.Timeline();
        long Moment(double low, double high) =>
            ticks[(int)(ticks.Count * random.Between(low, high))] + random.Pick(0, 0, -1, 777_777);
        return made with
        {
            FromMs = random.Chance(0.25) ? Moment(0.05, 0.4) : long.MinValue,
            ToMs = random.Chance(0.25) ? Moment(0.6, 0.99) : long.MaxValue,
        };
    }

    private static InitState Init(TestRandom random, ReplayCase made)
    {
        List<InitPosition> positions = [];
        Dictionary<string, long> entries = new(StringComparer.Ordinal);
        Dictionary<string, long> exits = new(StringComparer.Ordinal);
        long start = Math.Max(made.FromMs, made.Market.Timeline()[0]);
        foreach ((string symbol, List<Bar> bars) in made.Market.Main.Bars)
        {
            if (random.Chance(0.3))
            {
                entries[symbol] = start - random.Whole(0, 20_000) * 1000L;
                exits[symbol] = start - random.Whole(0, 20_000) * 1000L;
            }

            if (!random.Chance(0.35))
            {
                continue;
            }

            double price = (bars.FindLast(b => b.OpenTimeMs < start) is { Close: > 0.0 } held ? held : bars[0]).Close;
            price *= random.Between(0.98, 1.02);
            double notional = made.Balance * random.Between(0.02, 0.4);
            double leverage = random.Pick(1.0, 3.0, 8.0);
            Side side = random.Pick(Side.Long, Side.Short);
            long opened = random.Chance(0.3) ? 0 : start - random.Pick(0, 60, random.Whole(0, 400)) * 60_000L;
            positions.Add(
                new InitPosition
                {
                    Symbol = symbol,
                    Side = side,
                    Size = notional / price,
                    EntryPrice = price,
                    EntryAtr = random.Chance(0.3) ? 0.0 : price * random.Between(0.003, 0.02),
                    TrailingStop = random.Chance(0.3) ? price * (side == Side.Long ? 0.97 : 1.03) : null,
                    Confidence = random.Pick(Confidence.Low, Confidence.Medium, Confidence.High),
                    Leverage = leverage,
                    Margin = notional / leverage,
                    Adds = random.Whole(0, 1),
                    PartialTaken = random.Chance(0.3),
                    OpenedAtMs = opened,
                    LastAddMs = opened,
                    EntryAdxThreshold = random.Pick(0.0, 15.0),
                }
            );
        }

        return new InitState
        {
            Balance = made.Balance * 1.1,
            Positions = positions,
            LastEntryMs = entries,
            LastExitMs = exits,
        };
    }
}
