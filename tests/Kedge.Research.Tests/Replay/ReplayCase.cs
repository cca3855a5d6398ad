using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>One run: a market and everything it is traded with, by symbol name.</summary>
internal sealed unsafe record ReplayCase
{
    public required ulong Seed { get; init; }

    public required TestMarket Market { get; init; }

    public required Dictionary<string, Parameters> Parameters { get; init; }

    public required Parameters Portfolio { get; init; }

    public Dictionary<string, InstrumentTerms>? Terms { get; init; }

    public int Lookback { get; init; } = 50;

    public double Balance { get; init; } = 10_000.0;

    public long FromMs { get; init; } = long.MinValue;

    public long ToMs { get; init; } = long.MaxValue;

    public InitState? InitState { get; init; }

    /// <summary>Runs the product's loop.</summary>
    /// <param name="finerOrder">Order of the symbols in the finer series; ordinal when left out.</param>
    public ReplayRunResult Run(Func<IEnumerable<string>, IEnumerable<string>>? finerOrder = null)
    {
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        using MemoryCandles main = new(Market.Main.Interval, Market.Main.Bars);
        using MemoryCandles? exit = Market.Exit is { } x ? Finer(x, finerOrder) : null;
        using MemoryCandles? entry = Market.Entry is { } e ? Finer(e, finerOrder) : null;
        ReplayOutcome outcome = ReplayEngine.Run(Input(main, exit, entry), ref trace);
        return new ReplayRunResult(
            outcome.Bookings,
            outcome.Equity,
            outcome.Account.Hash,
            Stops(funnel),
            outcome.Account,
            funnel
        );
    }

    private static long[] Stops(GateFunnel funnel) =>
        [.. Enumerable.Range(0, (int)StopCode.Count).Select(code => funnel.StoppedBy((StopCode)code))];

    public ReplayInput Input(MemoryCandles main, MemoryCandles? exit, MemoryCandles? entry) =>
        new()
        {
            Main = main,
            Exit = exit,
            Entry = entry,
            Parameters = [.. main.Symbols.Select(s => Parameters[s])],
            Portfolio = Portfolio,
            Terms = Terms is null ? null : [.. main.Symbols.Select(s => Terms[s])],
            Funding = Market.Funding is { } funding
                ? [.. main.Symbols.Select(s => funding.TryGetValue(s, out var f) ? FundingSchedule.Of(f) : FundingSchedule.Empty)]
                : null,
            Lookback = Lookback,
            FromMs = FromMs,
            ToMs = ToMs,
            InitialBalance = Balance,
            InitState = InitState,
        };

    private static MemoryCandles Finer(TestSeries series, Func<IEnumerable<string>, IEnumerable<string>>? order) =>
        new(series.Interval, series.Bars, order is null ? null : [.. order(series.Bars.Keys.Order(StringComparer.Ordinal))]);

    /// <summary>Changes the parameters of every symbol and of the portfolio alike.</summary>
    public ReplayCase With(Func<Parameters, Parameters> change) =>
        this with
        {
            Portfolio = change(Portfolio),
            Parameters = Parameters.ToDictionary(p => p.Key, p => change(p.Value), StringComparer.Ordinal),
        };
}

/// <summary>What a run left, in the terms both loops share.</summary>
internal sealed record ReplayRunResult(
    List<Booking> Bookings,
    List<EquityPoint> Equity,
    ulong Hash,
    long[] Stops,
    Account Account,
    GateFunnel Funnel
);
