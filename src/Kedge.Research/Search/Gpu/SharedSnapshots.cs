using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Gpu;

/// <summary>Which runs of a slice share their snapshots: runs with the same indicators, the largest families first, as long as there is room.</summary>
internal sealed class SharedSnapshots
{
    private readonly int[] _setOf;

    /// <summary>Chooses.</summary>
    /// <param name="keys">What the indicators of each run depend on.</param>
    /// <param name="least">Runs that must share a set.</param>
    /// <param name="most">Sets there is room for.</param>
    public SharedSnapshots(ReadOnlySpan<ByteKey> keys, long least, long most)
    {
        Dictionary<ByteKey, (int First, int Count)> families = [];
        for (int r = 0; r < keys.Length; r++)
        {
            families[keys[r]] = families.TryGetValue(keys[r], out (int First, int Count) known)
                ? (known.First, known.Count + 1)
                : (r, 1);
        }

        KeyValuePair<ByteKey, (int First, int Count)>[] chosen =
        [
            .. families
                .Where(f => f.Value.Count >= least)
                .OrderByDescending(f => f.Value.Count)
                .ThenBy(f => f.Value.First)
                .Take((int)Math.Clamp(most, 0, int.MaxValue)),
        ];
        Owners = [.. chosen.Select(f => f.Value.First)];
        Dictionary<ByteKey, int> sets = [];
        for (int set = 0; set < chosen.Length; set++)
        {
            sets[chosen[set].Key] = set;
        }

        _setOf = new int[keys.Length];
        for (int r = 0; r < keys.Length; r++)
        {
            _setOf[r] = sets.GetValueOrDefault(keys[r], -1);
            Alone += _setOf[r] < 0 ? 1 : 0;
        }
    }

    /// <summary>One run of each set, whose parameters the set is made with.</summary>
    public IReadOnlyList<int> Owners { get; }

    /// <summary>Runs that compute their indicators themselves.</summary>
    public int Alone { get; }

    /// <summary>The set of a run; −1: it computes its indicators itself.</summary>
    public int SetOf(int run) => _setOf[run];
}
