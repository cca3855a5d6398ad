using System.Globalization;
using Kedge.Cli.Commands;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Research.Search.Cluster;
using Kedge.Research.Search.Plans;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>Drives an <see cref="ArrayJob"/>: asks Slurm and the folder, does what the job asks for, tells how far it is, merges.</summary>
internal sealed class SlurmRun : IEffectSink<ArrayJobEffect>
{
    private readonly SlurmFolder _folder;
    private readonly SlurmPrograms _slurm;
    private readonly SlurmRequest _request;
    private readonly Func<int, ShardHeader> _headerOf;
    private readonly SweepObjective _objective;
    private readonly bool _silent;
    private readonly TopRows _best = new(0);
    private readonly double _started = SweepSession.Clock();
    private int _before = -1;
    private ArrayJobEffect? _effect;

    /// <summary>A run that was not begun.</summary>
    /// <param name="folder">Its folder, with the script in it.</param>
    /// <param name="request">What was asked of the cluster.</param>
    /// <param name="headerOf">Header that the shard of a number must have.</param>
    /// <param name="objective">What rows are ranked by.</param>
    /// <param name="silent">Says nothing that is no warning.</param>
    public SlurmRun(
        SlurmFolder folder,
        SlurmRequest request,
        Func<int, ShardHeader> headerOf,
        SweepObjective objective,
        bool silent
    )
    {
        _folder = folder;
        _slurm = new SlurmPrograms(folder.JobName);
        _request = request;
        _headerOf = headerOf;
        _objective = objective;
        _silent = silent;
    }

    /// <inheritdoc/>
    public void Add(in ArrayJobEffect effect) => _effect = effect;

    /// <summary>Runs it until all shards are there.</summary>
    /// <returns>False when it was stopped.</returns>
    /// <exception cref="KedgeException">The cluster refuses, fails or cannot be seen any more (exit 4).</exception>
    public bool Follow()
    {
        ArrayJob job = new(_folder.Shards, _request.Resubmits);
        while (!Interruption.Token.IsCancellationRequested)
        {
            job.Handle(Look(), default, this);
            switch (_effect)
            {
                case ArrayJobEffect.Submit submit:
                    Submit(submit);
                    break;
                case ArrayJobEffect.Wait wait:
                    Interruption.Token.WaitHandle.WaitOne(wait.Ms);
                    break;
                case ArrayJobEffect.Merge merge:
                    if (merge.Left > 0)
                    {
                        // Run again by the cluster although their files were there.
                        _slurm.Cancel();
                    }

                    return true;
                case ArrayJobEffect.GiveUp giveUp:
                    throw GaveUp(giveUp.Shards);
                case ArrayJobEffect.LoseSight lost:
                    throw KedgeException.Environment(
                        $"the queue cannot be read: {lost.Why}; job {_folder.JobName} may still run: go on with --resume when Slurm answers"
                    );
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        Stopped();
        return false;
    }

    private ArrayJobInput Look()
    {
        string? failure = _slurm.Look(out IReadOnlyList<ArrayTask> queue);
        if (failure is not null)
        {
            return new ArrayJobInput.QueueUnreadable(failure);
        }

        IReadOnlySet<int> whole = _folder.Whole(_headerOf, _best, _objective);
        _before = _before < 0 ? whole.Count : _before;
        Show(queue, whole.Count);
        return new ArrayJobInput.Looked(queue, whole);
    }

    private void Submit(ArrayJobEffect.Submit submit)
    {
        string job = SlurmPrograms.Submit(_folder.Script, _folder.Logs, submit.Shards);
        string shards = Named(submit.Shards);
        if (submit.Again)
        {
            Terminal.Say($"{shards} did not come: submitted again as job {job}{Because(submit.Shards[0])}");
        }
        else if (!_silent)
        {
            Terminal.Say($"job {job} ({_folder.JobName}): {shards} of {_folder.Shards}, logs in {_folder.Path}");
        }
    }

    private KedgeException GaveUp(IReadOnlyList<int> shards) =>
        KedgeException.Environment(
            $"{Named(shards)} of {_folder.Shards} failed {_request.Resubmits + 1} times{Because(shards[0])}; see {_folder.LogOf(shards[0])}, then go on with --resume"
        );

    private static string Named(IReadOnlyList<int> shards) =>
        (shards.Count == 1 ? "shard " : "shards ") + ShardMerge.Numbers(shards);

    private string Because(int shard) => _folder.LastWords(shard) is { } words ? $" (log of {shard}: {words})" : "";

    private void Stopped()
    {
        if (_request.CancelOnStop)
        {
            string? failure = _slurm.Cancel();
            Terminal.Say(
                failure is null
                    ? $"stopped and cancelled: what is done is kept in {_folder.Path}; go on with --resume"
                    : $"stopped, but the job could not be cancelled: {failure}; try: scancel --name={_folder.JobName}"
            );
            return;
        }

        Terminal.Say(
            $"stopped watching: the job goes on without us; come back with --resume, or cancel it: scancel --name={_folder.JobName}"
        );
    }

    private void Show(IReadOnlyList<ArrayTask> queue, int done)
    {
        if (!_silent && !Console.IsErrorRedirected)
        {
            Terminal.Status(
                Text(queue, done, _folder.Shards, done - _before, SweepSession.Clock() - _started, _best.Best, _objective)
            );
        }
    }

    /// <summary>How far it is, on one line.</summary>
    public static string Text(
        IReadOnlyList<ArrayTask> queue,
        int done,
        int shards,
        int since,
        double seconds,
        RankedRow? best,
        SweepObjective objective
    )
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        int running = queue.Count(t => t.Runs);
        string reason = queue
            .Where(t => t.Reason.Length > 0)
            .GroupBy(t => t.Reason, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .FirstOrDefault()
            ?.Key
            is { } why
            ? $" ({why})"
            : "";
        string top = best is { } row
            ? string.Create(culture, $", best {objective.Name()} {row.Score:F2} (sweep_{row.Index:D4})")
            : "";
        string left = since > 0 ? $", {SweepPlanText.Duration((shards - done) * seconds / since)} left" : "";
        return string.Create(
            culture,
            $"sweep {done}/{shards} shards, {running} running, {queue.Count - running} waiting{reason}{top}{left}"
        );
    }
}
