using System.Diagnostics;
using System.Globalization;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Gpu;
using Kedge.Research.Search.Gpu.Cuda;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Space;

namespace Kedge.Cli.Sweep;

/// <summary>A search resolved: specification checked, candles open. Dispose it when its rows are written.</summary>
internal sealed class SweepSession : IDisposable
{
    /// <summary>Names of the executors.</summary>
    public const string Executors = "cpu, gpu, reference";

    /// <summary>The executor when none is named.</summary>
    public const string DefaultExecutor = "cpu";

    private readonly ReplaySetup _setup;
    private readonly SpecProblems _problems;
    private readonly string _executor;
    private readonly bool _verify;
    private readonly long _memory;

    private SweepSession(
        ReplaySetup setup,
        SweepJob job,
        SpecProblems problems,
        string executor,
        int threads,
        long memory,
        bool verify
    )
    {
        _setup = setup;
        _problems = problems;
        _executor = executor;
        _verify = verify;
        _memory = memory;
        Job = job;
        Threads = threads;
    }

    /// <summary>What runs.</summary>
    public SweepJob Job { get; private set; }

    /// <summary>The window in two parts; null when all of it is searched.</summary>
    public HoldoutSplit? Holdout { get; private set; }

    /// <summary>Threads, ≥ 1.</summary>
    public int Threads { get; }

    /// <summary>The run of the base configuration.</summary>
    public ReplaySetup Setup => _setup;

    /// <summary>Whether each override is verified, and with which outcome; null when that was not asked for.</summary>
    public IReadOnlyList<OverrideCheck>? Verified => _verify ? OverrideCheck.All(Job.Space) : null;

    /// <summary>Resolves a search.</summary>
    /// <param name="request">The run of the base configuration.</param>
    /// <param name="specPath">The specification.</param>
    /// <param name="executor">Name of the executor.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="memory">Bytes that the process may take.</param>
    /// <param name="verify">Verify overrides.</param>
    /// <param name="strict">An override that fails ends the run.</param>
    /// <param name="balanceGiven">The command line gives the wallet, so that the specification does not.</param>
    /// <param name="lookbackGiven">The command line gives the lookback.</param>
    /// <exception cref="KedgeException">Something is wrong; nothing has run.</exception>
    public static SweepSession Open(
        ReplayRequest request,
        string specPath,
        string executor,
        int threads,
        long memory,
        bool verify,
        bool strict,
        bool balanceGiven,
        bool lookbackGiven
    )
    {
        if (!Executors.Split(", ").Contains(executor, StringComparer.Ordinal))
        {
            throw KedgeException.Usage($"--executor: '{executor}' is unknown; one of {Executors}");
        }

        SweepSpec spec = SweepSpecReader.Load(specPath, out SpecProblems problems);
        ReplaySetup setup = ReplaySetup.Open(
            request with
            {
                InitialBalance = balanceGiven ? request.InitialBalance : spec.InitialBalance ?? request.InitialBalance,
                Lookback = lookbackGiven ? request.Lookback : spec.Lookback ?? request.Lookback,
            },
            Interruption.Token
        );
        try
        {
            ReplayInput input = setup.Input;
            SearchSpace space = SearchSpace.Of(spec, input.Main.Symbols, input.Parameters, input.Portfolio, problems);
            SweepSession session = new(setup, new SweepJob(input, space), problems, executor, threads, memory, verify);
            if (strict && session.Verified!.FirstOrDefault(c => !c.Holds) is { } failed)
            {
                throw new KedgeException(
                    FailureKind.CheckFailed,
                    $"--strict-overrides: {failed.Path} stays {Shown(failed.After)} although {Shown(failed.Requested)} was asked for"
                );
            }

            return session;
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    /// <summary>Seconds from some start.</summary>
    public static double Clock() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>Keeps the end of the window out of the search.</summary>
    /// <param name="share">Share of its time, between 0 and 1.</param>
    /// <exception cref="KedgeException">The window is too short (exit 2).</exception>
    public void Split(double share)
    {
        Holdout = HoldoutSplit.Of(Job.Input, share);
        Job = Job with { Input = Holdout.Search };
    }

    /// <summary>Makes the executor.</summary>
    /// <exception cref="KedgeException">The memory allowed is too little for the candles (exit 2); no card, driver or code for it (exit 4).</exception>
    public ISweepExecutor Executor() => Executor(Job.Input);

    /// <summary>Makes an executor for another part of the window.</summary>
    /// <exception cref="KedgeException">The memory allowed is too little for the candles (exit 2); no card, driver or code for it (exit 4).</exception>
    public ISweepExecutor Executor(ReplayInput input)
    {
        SweepJob job = Job with { Input = input };
        return _executor switch
        {
            "cpu" => new CpuExecutor(job, Threads, ProcessMemory.Left(_memory, job, Threads)),
            "gpu" => GpuExecutor(job),
            _ => new ReferenceExecutor(job, Threads),
        };
    }

    /// <summary>Tells a person what deserves a look.</summary>
    public void Describe()
    {
        foreach (string warning in _problems.Warnings)
        {
            Terminal.Say($"warning: {warning}");
        }

        foreach (string note in _setup.Notes)
        {
            Terminal.Say($"note: {note}");
        }

        if (Holdout is { } split)
        {
            Terminal.Say($"holdout: {Moment(split.SplitMs)} to {Moment(split.EndMs)} UTC is kept out of the search");
        }

        foreach (OverrideCheck check in Verified ?? [])
        {
            Terminal.Say($"override {check.Path}: {Shown(check.Before)} -> {Shown(check.After)}, {check.Status}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _setup.Dispose();

    private GpuExecutor GpuExecutor(SweepJob job)
    {
        byte[] ptx = GpuKernel.Ptx();
        long memory = ProcessMemory.Left(_memory, job, Threads);
        return new GpuExecutor(
            job,
            CudaDevice.Open(Environment.GetEnvironmentVariable(CudaDevice.DriverVariable)),
            ptx,
            Threads,
            memory
        );
    }

    private static string Moment(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
