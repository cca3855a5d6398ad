using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Cli.Sweep.Slurm;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Cli.Sweep;

/// <summary>The options that say what to search and how; shared by the verbs that run configurations.</summary>
internal sealed class SweepOptions
{
    private const int MostThreads = 1024;

    private readonly RunOptions _run;
    private readonly bool _cluster;
    private readonly Option<string?> _spec = RunOptions.Text("--sweep-spec", "Specification of the search (required)");
    private readonly Option<string?> _executor = new("--executor")
    {
        Description = $"How configurations are run: {SweepSession.Executors}",
        HelpName = "name",
    };
    private readonly Option<int> _threads = NumberOptions.Whole("--threads", "Threads (one a core)", Environment.ProcessorCount);
    private readonly Option<string?> _memory = new("--memory")
    {
        Description = "Bound of memory for the whole process, e.g. 2g (a quarter of the machine)",
        HelpName = "size",
    };
    private readonly Option<bool> _verify = RunOptions.Flag(
        "--verify-overrides",
        "Say for every axis whether its override reaches the configuration"
    );
    private readonly Option<bool> _strict = RunOptions.Flag(
        "--strict-overrides",
        "Verify, and stop when an override does not reach the configuration"
    );

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cluster">It also takes the name of a cluster's executor.</param>
    public SweepOptions(Command command, bool cluster = false)
    {
        _cluster = cluster;
        _executor.Description += cluster ? $", {SlurmSweep.Name}" : "";
        _run = new RunOptions(command);
        command.Options.Add(_spec);
        command.Options.Add(_executor);
        command.Options.Add(_threads);
        command.Options.Add(_memory);
        command.Options.Add(_verify);
        command.Options.Add(_strict);
    }

    /// <summary>Whether a cluster runs the configurations.</summary>
    public bool IsSlurm(ParseResult parsed) => _cluster && parsed.GetValue(_executor) == SlurmSweep.Name;

    /// <summary>Resolves everything: specification, candles, configuration, space.</summary>
    /// <exception cref="KedgeException">Something is wrong; nothing has run.</exception>
    public SweepSession Open(ParseResult parsed)
    {
        string spec =
            parsed.GetValue(_spec)
            ?? throw KedgeException.Usage("--sweep-spec is required: name a specification, e.g. config/sweeps/smoke.yaml");
        int threads = parsed.GetValue(_threads);
        if (threads is < 1 or > MostThreads)
        {
            throw KedgeException.Usage($"--threads must be 1 to {MostThreads}, not {threads}");
        }

        ReplayRequest request = _run.Read(parsed);
        if (request.InitState is not null)
        {
            throw KedgeException.Usage(
                "--init-state does not go with a sweep: searches start flat; use --balance-from for the wallet"
            );
        }

        return SweepSession.Open(
            request,
            spec,
            IsSlurm(parsed) ? SweepSession.DefaultExecutor : parsed.GetValue(_executor) ?? SweepSession.DefaultExecutor,
            threads,
            MemorySize.Parse("--memory", parsed.GetValue(_memory)),
            parsed.GetValue(_verify) || parsed.GetValue(_strict),
            parsed.GetValue(_strict),
            _run.BalanceIsGiven(parsed),
            _run.LookbackIsGiven(parsed)
        );
    }
}
