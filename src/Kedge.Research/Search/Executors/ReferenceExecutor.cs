using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>One replay after another, each reported as <c>kedge replay</c> does: slow, and what every other executor is held against.</summary>
public sealed unsafe class ReferenceExecutor : ISweepExecutor
{
    private const int BatchPerThread = 4;

    private readonly SweepJob _job;
    private readonly int _threads;

    /// <summary>An executor.</summary>
    /// <param name="job">What to run on.</param>
    /// <param name="threads">Replays at a time, ≥ 1.</param>
    public ReferenceExecutor(SweepJob job, int threads)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _job = job;
        _threads = threads;
    }

    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public int BatchSize => _threads * BatchPerThread;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(rows);
        Workers.Each(trials.Count, _threads, () => (object?)null, (_, i) => rows[i] = RunOne(trials[i]), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private SweepRow RunOne(SweepTrial trial)
    {
        Parameters[] parameters = new Parameters[_job.Input.Parameters.Length];
        _job.Space.Fill(trial, parameters, out Parameters portfolio);
        ReplayInput input = _job.Input with { Parameters = parameters, Portfolio = portfolio, Progress = null };
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        ReplayOutcome outcome = ReplayEngine.Run(input, ref trace);
        Report report = ReportBuilder.Build(ResultOf(input, outcome, funnel));
        return new SweepRow
        {
            Trial = trial,
            InitialBalance = report.InitialBalance,
            FinalBalance = outcome.Account.Balance,
            Market = report.Market,
            Realised = report.Realised,
            All = report.All,
            ByConfidence = report.ByConfidence,
            ByExitReason = report.ByExitReason,
            ByReasonCode = report.ByReasonCode,
            BySymbol = report.BySymbol,
            BySide = report.BySide,
            Fees = report.Fees,
            Funding = report.Funding,
            Volume = report.Volume,
            Fills = report.Fills,
            Funnel = funnel,
            StateHash = outcome.Account.Hash,
        };
    }

    private static ReplayResult ResultOf(ReplayInput input, ReplayOutcome outcome, in GateFunnel funnel) =>
        new()
        {
            Run = new ReplayRun
            {
                Version = "",
                ConfigId = "",
                DataHash = "",
                Command = "",
                Interval = input.Main.Interval,
                FromMs = outcome.FirstTickMs,
                ToMs = outcome.LastTickMs,
                Lookback = input.Lookback,
                InitialBalance = input.InitialBalance,
                SlippageBps = input.Portfolio.Trade.SlippageBps,
                TakerFeeBps = input.Portfolio.Trade.TakerFeeBps,
                HasFunding = input.Funding is not null,
                HasInstruments = input.Terms is not null,
            },
            Symbols = input.Main.Symbols,
            Bookings = outcome.Bookings,
            Equity = outcome.Equity,
            Funnel = funnel,
            Account = outcome.Account,
            StateHash = outcome.Account.Hash,
            Candles = input.Main,
            Notes = [],
        };
}
