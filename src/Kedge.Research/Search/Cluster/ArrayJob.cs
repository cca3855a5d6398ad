using Kedge.Model.Machines;

namespace Kedge.Research.Search.Cluster;

/// <summary>
/// Follows the array job of a search: what is neither there nor in the queue is submitted, and submitted again a bounded number of times. It believes
/// files, not exit codes: a task may die after its file is there, and a node may die with its task still on the books. It keeps nothing that has
/// to survive it: another one that looks at the same queue and folder goes on.
/// </summary>
public sealed class ArrayJob : IMachine<ArrayJobInput, ArrayJobEffect>
{
    /// <summary>Looks at which a shard may be neither there nor in the queue before it counts as lost: file systems between machines show new files late.</summary>
    public const int LooksBeforeLost = 3;

    /// <summary>Looks in a row at which the queue may be unreadable: a controller that restarts is waited for.</summary>
    public const int MostUnreadable = 60;

    private const int ShortWaitMs = 1_000;
    private const int LongWaitMs = 5_000;
    private const int ShortWaits = 60;

    private readonly int[] _tries;
    private readonly int[] _unseen;
    private readonly int _mostTries;
    private int _looks;
    private int _unreadable;

    /// <summary>A job nobody has looked at yet.</summary>
    /// <param name="shards">Shards of the search, ≥ 1.</param>
    /// <param name="resubmits">How often a shard that did not come is submitted again, ≥ 0.</param>
    public ArrayJob(int shards, int resubmits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(resubmits);
        _tries = new int[shards];
        _unseen = new int[shards];
        _mostTries = resubmits + 1;
    }

    /// <inheritdoc/>
    public void Handle(in ArrayJobInput input, in Now now, IEffectSink<ArrayJobEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        effects.Add(
            input switch
            {
                ArrayJobInput.Looked looked => Look(looked),
                ArrayJobInput.QueueUnreadable unreadable => Unreadable(unreadable.Why),
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        );
    }

    private ArrayJobEffect Unreadable(string why) =>
        ++_unreadable > MostUnreadable ? new ArrayJobEffect.LoseSight(why) : new ArrayJobEffect.Wait(LongWaitMs);

    private ArrayJobEffect Look(ArrayJobInput.Looked looked)
    {
        _looks++;
        _unreadable = 0;
        if (looked.Whole.Count == _tries.Length)
        {
            return new ArrayJobEffect.Merge(looked.Queue.Count);
        }

        HashSet<int> queued = [.. looked.Queue.Select(t => t.Shard)];
        List<int> submit = [];
        List<int> lost = [];
        bool again = false;
        for (int shard = 1; shard <= _tries.Length; shard++)
        {
            ref int tries = ref _tries[shard - 1];
            ref int unseen = ref _unseen[shard - 1];
            if (looked.Whole.Contains(shard) || queued.Contains(shard))
            {
                // A task somebody submitted before us is a try as well.
                tries = Math.Max(tries, queued.Contains(shard) ? 1 : 0);
                unseen = 0;
            }
            else if (tries > 0 && ++unseen < LooksBeforeLost)
            {
                continue;
            }
            else if (tries < _mostTries)
            {
                again |= tries > 0;
                tries++;
                unseen = 0;
                submit.Add(shard);
            }
            else
            {
                lost.Add(shard);
            }
        }

        return submit.Count > 0 ? new ArrayJobEffect.Submit(submit, again)
            : lost.Count > 0 && looked.Whole.Count + lost.Count == _tries.Length ? new ArrayJobEffect.GiveUp(lost)
            : new ArrayJobEffect.Wait(_looks <= ShortWaits ? ShortWaitMs : LongWaitMs);
    }
}
