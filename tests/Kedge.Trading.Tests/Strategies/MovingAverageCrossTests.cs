using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Strategies;

/// <summary>The strategy of the guide: its page, its trades against a plain loop, and that every world and every cut of the data agrees.</summary>
public sealed class MovingAverageCrossTests
{
    [Fact]
    public void The_code_of_the_guide_is_the_code_that_runs()
    {
        string root = Root();
        string page = File.ReadAllText(Path.Combine(root, "docs", "guide", "write-a-strategy.md"));
        string code = File.ReadAllText(Path.Combine(root, "src", "Kedge.Trading", "Strategies", "MovingAverageCross.cs"));
        Assert.Contains($"```csharp\n{code}```", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL, 5, 20, true)]
    [InlineData(2UL, 10, 30, true)]
    [InlineData(3UL, 3, 9, false)]
    public void It_fills_at_the_close_of_each_cross_with_slippage_and_fees(ulong seed, int fast, int slow, bool shorts)
    {
        using StrategyMarket market = new(seed, 600, "ETH");
        ReplayOutcome outcome = market.Replay(StrategyMarket.All(StrategyMarket.Cross(fast, slow, shorts), market.Symbols));
        List<PlainFill> expected = PlainLoop([.. market.Bars["ETH"].Select(b => b.Close)], fast, slow, shorts);
        Assert.True(expected.Count >= 20, $"only {expected.Count} fills");
        Assert.Equal(expected.Count, outcome.Bookings.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Booking booking = outcome.Bookings[i];
            PlainFill fill = expected[i];
            Assert.Equal(StrategyMarket.Epoch + (fill.Bar + 1) * 3_600_000L, booking.TimeMs);
            Assert.Equal(fill.Action, booking.Action);
            Assert.Equal(fill.Side, booking.Side);
            Near(fill.Price, booking.Price);
            Near(fill.Size, booking.Size);
            Near(fill.Fee, booking.Fee);
            Near(fill.Balance, booking.Balance);
            Assert.Equal(
                i < expected.Count - 1 || fill.IsCross ? ReasonCode.StrategySignal : ReasonCode.EndOfRun,
                booking.Reason
            );
        }
    }

    [Fact]
    public void Paper_does_what_the_replay_does_and_a_second_replay_the_same()
    {
        int fills = 0;
        for (ulong seed = 1; seed <= 12; seed++)
        {
            using StrategyMarket market = new(seed, 400, "BTC", "ETH", "SOL");
            StrategyBook book = StrategyMarket.All(StrategyMarket.Cross(4, 15), market.Symbols, stop: 3.0);
            ReplayOutcome one = market.Replay(book);
            Assert.Equal(StrategyMarket.Bytes(one.Bookings), StrategyMarket.Bytes(market.Replay(book).Bookings));
            Assert.Equal(StrategyMarket.Bytes(one.Bookings), StrategyMarket.Bytes(market.Paper(book)));
            fills += one.Bookings.Count;
        }

        Assert.True(fills > 500, $"only {fills} fills");
    }

    [Fact]
    public void What_comes_after_a_moment_changes_nothing_before_it()
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            using StrategyMarket whole = new(seed, 400, "BTC", "ETH");
            StrategyBook book = StrategyMarket.All(StrategyMarket.Cross(4, 15), whole.Symbols, stop: 3.0);
            int cut = 100 + (int)(seed * 20);
            long cutMs = StrategyMarket.Epoch + cut * 3_600_000L;
            Dictionary<string, List<Bar>> other = StrategyMarket.Walk(seed + 99, 400, ["BTC", "ETH"]);
            using StrategyMarket scrambled = new(
                whole.Bars.ToDictionary(
                    b => b.Key,
                    b => b.Value.Take(cut).Concat(other[b.Key].Skip(cut)).ToList(),
                    StringComparer.Ordinal
                )
            );
            using StrategyMarket ended = new(
                whole.Bars.ToDictionary(b => b.Key, b => b.Value.Take(cut).ToList(), StringComparer.Ordinal)
            );
            List<Booking> before = Until(whole.Replay(book).Bookings, cutMs);
            Assert.NotEmpty(before);
            Assert.Equal(StrategyMarket.Bytes(before), StrategyMarket.Bytes(Until(scrambled.Replay(book).Bookings, cutMs)));
            List<Booking> rest = ended.Replay(book).Bookings;
            Assert.Equal(
                StrategyMarket.Bytes(before),
                StrategyMarket.Bytes([.. rest.Where(b => b.Reason != ReasonCode.EndOfRun)])
            );
        }
    }

    [Fact]
    public void The_view_holds_closed_bars_only_and_no_more_than_the_window()
    {
        using StrategyMarket market = new(7, 60, "BTC", "ETH");
        List<MarketView> kept = [];
        Scripted strategy = new(view =>
        {
            kept.Add(view);
            return [];
        });
        market.Replay(StrategyMarket.All(strategy, market.Symbols));
        Assert.Equal(60, kept.Count);
        for (int i = 0; i < kept.Count; i++)
        {
            foreach (string symbol in market.Symbols)
            {
                // Views kept from earlier ticks still hold what they held.
                Bar[] bars = kept[i].Bars(symbol).ToArray();
                Assert.Equal(market.Bars[symbol].Take(i + 1).TakeLast(5), bars);
                Assert.Equal(kept[i].TimeMs, bars[^1].OpenTimeMs + 3_600_000L);
                Assert.True(kept[i].IsCurrent(symbol));
            }
        }
    }

    private sealed record PlainFill(
        int Bar,
        OrderAction Action,
        Side Side,
        double Price,
        double Size,
        double Fee,
        double Balance,
        bool IsCross
    );

    /// <summary>One symbol, one position, written without the engine: a tenth of equity times 3, 5 bps of slippage, 4.5 bps of fee.</summary>
    private static List<PlainFill> PlainLoop(double[] closes, int fast, int slow, bool shorts)
    {
        List<PlainFill> fills = [];
        double balance = 10_000.0;
        double size = 0.0;
        double entry = 0.0;
        for (int i = slow; i < closes.Length; i++)
        {
            double now = Mean(closes, i, fast) - Mean(closes, i, slow);
            double was = Mean(closes, i - 1, fast) - Mean(closes, i - 1, slow);
            int turn =
                was <= 0.0 && now > 0.0 ? 1
                : was >= 0.0 && now < 0.0 ? -1
                : 0;
            if (turn == 0 || Math.Sign(size) == turn)
            {
                continue;
            }

            CloseAt(i, true);
            if (turn > 0 || shorts)
            {
                double price = closes[i] * (1.0 + turn * 0.0005);
                size = turn * (balance * 0.1 * 3.0 / closes[i]);
                entry = price;
                double fee = Math.Abs(size) * price * 0.00045;
                balance -= fee;
                fills.Add(new(i, OrderAction.Open, turn > 0 ? Side.Long : Side.Short, price, Math.Abs(size), fee, balance, true));
            }
        }

        CloseAt(closes.Length - 1, false);
        return fills;

        void CloseAt(int i, bool isCross)
        {
            if (size == 0.0)
            {
                return;
            }

            double price = closes[i] * (1.0 - Math.Sign(size) * 0.0005);
            double fee = Math.Abs(size) * price * 0.00045;
            balance += size * (price - entry) - fee;
            Side side = size > 0.0 ? Side.Long : Side.Short;
            fills.Add(new(i, OrderAction.Close, side, price, Math.Abs(size), fee, balance, isCross));
            size = 0.0;
        }
    }

    private static double Mean(double[] closes, int last, int count)
    {
        double sum = 0.0;
        for (int i = last - count + 1; i <= last; i++)
        {
            sum += closes[i];
        }

        return sum / count;
    }

    private static List<Booking> Until(List<Booking> bookings, long timeMs) => [.. bookings.Where(b => b.TimeMs <= timeMs)];

    private static void Near(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected), $"{expected:R} and {actual:R}");

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kedge.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run inside the repository.");
        }

        return folder;
    }
}
