using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>Changes some parameters.</summary>
internal delegate void Change(ref Parameters p);

/// <summary>One replay over bars typed by hand, starting from the permissive parameters.</summary>
internal sealed unsafe class Scenario
{
    private readonly List<(string Set, string Symbol, string Lines)> _bars = [];
    private readonly List<(string? Symbol, Change Change)> _changes = [];
    private readonly Dictionary<string, InstrumentSpec> _instruments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FundingSeries> _funding = new(StringComparer.Ordinal);
    private GateFunnel _funnel;
    private string? _exitInterval;
    private string? _entryInterval;

    public string MainInterval { get; init; } = "1h";

    public double Balance { get; init; } = 10_000.0;

    public int Lookback { get; init; } = 2;

    public string? From { get; init; }

    public string? To { get; init; }

    public InitState? InitState { get; init; }

    /// <summary>Why entries did and did not happen in the last run.</summary>
    public ref readonly GateFunnel Funnel => ref _funnel;

    public Scenario With(Change change) => Changed(null, change);

    public Scenario WithSymbol(string symbol, Change change) => Changed(symbol, change);

    public Scenario Main(string symbol, string lines) => Added("main", symbol, lines);

    public Scenario Exit(string interval, string symbol, string lines)
    {
        _exitInterval = interval;
        return Added("exit", symbol, lines);
    }

    public Scenario Entry(string interval, string symbol, string lines)
    {
        _entryInterval = interval;
        return Added("entry", symbol, lines);
    }

    public Scenario Instrument(InstrumentSpec spec)
    {
        _instruments[spec.Symbol] = spec;
        return this;
    }

    public Scenario Funding(string symbol, params (string Boundary, long LateMs, double Rate)[] records)
    {
        _funding[symbol] = new FundingSeries(
            symbol,
            [.. records.Select(r => Clock.At(r.Boundary) + r.LateMs)],
            [.. records.Select(r => r.Rate)]
        );
        return this;
    }

    public ReplayOutcome Run()
    {
        using HandCandles main = Set("main", MainInterval);
        using HandCandles? exit = _exitInterval is null ? null : Set("exit", _exitInterval);
        using HandCandles? entry = _entryInterval is null ? null : Set("entry", _entryInterval);
        IReadOnlyList<string> symbols = main.Symbols;
        ReplayInput input = new()
        {
            Main = main,
            Exit = exit,
            Entry = entry,
            Parameters = [.. symbols.Select(Of)],
            Portfolio = Of(null),
            Terms = _instruments.Count == 0 ? null : [.. symbols.Select(TermsOf)],
            Funding = _funding.Count == 0 ? null : [.. symbols.Select(FundingOf)],
            Lookback = Lookback,
            FromMs = From is null ? long.MinValue : Clock.At(From),
            ToMs = To is null ? long.MaxValue : Clock.At(To),
            InitialBalance = Balance,
            InitState = InitState,
        };
        fixed (GateFunnel* funnel = &_funnel)
        {
            FunnelTrace trace = new(funnel);
            return ReplayEngine.Run(input, ref trace);
        }
    }

    private Scenario Added(string set, string symbol, string lines)
    {
        _bars.Add((set, symbol, lines));
        return this;
    }

    private Scenario Changed(string? symbol, Change change)
    {
        _changes.Add((symbol, change));
        return this;
    }

    private HandCandles Set(string name, string interval)
    {
        HandCandles set = new(interval);
        foreach ((_, string symbol, string lines) in _bars.Where(b => b.Set == name))
        {
            set.Add(symbol, lines);
        }

        return set;
    }

    private Parameters Of(string? symbol)
    {
        Parameters p = ScenarioParameters.Permissive();
        foreach ((string? only, Change change) in _changes)
        {
            if (only is null || only == symbol)
            {
                change(ref p);
            }
        }

        return p;
    }

    private InstrumentTerms TermsOf(string symbol) =>
        _instruments.TryGetValue(symbol, out InstrumentSpec? spec) ? spec.ToTerms() : default;

    private FundingSchedule FundingOf(string symbol) =>
        _funding.TryGetValue(symbol, out FundingSeries? series) ? FundingSchedule.Of(series) : FundingSchedule.Empty;
}
