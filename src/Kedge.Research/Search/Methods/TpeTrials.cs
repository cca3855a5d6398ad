using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>
/// Model-based search with tree-structured Parzen estimators, one an axis: configurations so far are split into the best share and the others, and each axis prefers values that are frequent among
/// the best. An axis learns only from configurations in which its gate was open. The first two batches are drawn at random.
/// </summary>
/// <remarks>
/// After Bergstra, Bardenet, Bengio, Kégl, "Algorithms for Hyper-Parameter Optimization" (NIPS 2011), but candidates are whole configurations: some are drawn from the good
/// densities, and the one with the largest product of good ÷ other over its open axes is run. The best of 24 draws of each axis alone would be the same value nearly every time on axes of
/// two or three values, and a batch from one set of densities would be one configuration many times over.
/// </remarks>
public sealed class TpeTrials : ITrialSource
{
    private const int BatchesAtRandom = 2;

    private readonly SweepGrid _grid;
    private readonly TpeSettings _settings;
    private readonly TrialDraw _draw;
    private readonly AxisDensity[] _densities;
    private readonly DrawTable _table;
    private readonly Dictionary<double, short>[] _places;
    private readonly GoodTrials _good = new();
    private readonly Queue<(short[] Places, double Score)> _waiting = new();
    private long _told;
    private long _learnt;

    /// <summary>A search that knows nothing yet.</summary>
    /// <param name="space">The space.</param>
    /// <param name="count">Configurations, ≥ 1.</param>
    /// <param name="settings">How.</param>
    /// <param name="seed">Seed.</param>
    public TpeTrials(SearchSpace space, long count, TpeSettings settings, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _grid = space.Grid;
        _settings = settings.Checked();
        _draw = new TrialDraw(_grid, seed);
        _densities = [.. _grid.Axes.Select(a => new AxisDensity(a))];
        _table = new DrawTable([.. _grid.Axes.Select(a => a.Values.Count)]);
        _places = [.. _grid.Axes.Select(a => a.Values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => (short)p.i))];
        Count = count;
    }

    /// <inheritdoc/>
    public string Name => "tpe";

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public int BatchSize => _settings.BatchSize;

    /// <inheritdoc/>
    public IReadOnlyList<SweepTrial> Batch(long number)
    {
        Learn((number - 1) * BatchSize);
        bool random = number < BatchesAtRandom || _good.Count == 0;
        if (!random)
        {
            Build();
        }

        List<SweepTrial> trials = [];
        long end = Math.Min((number + 1) * BatchSize, Count);
        for (long index = number * BatchSize; index < end; index++)
        {
            trials.Add(random ? _draw.Uniform(index) : _draw.Best(index, _settings.Candidates, _table));
        }

        return trials;
    }

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<double> values, double score)
    {
        ArgumentNullException.ThrowIfNull(values);
        short[] places = new short[_densities.Length];
        for (int axis = 0; axis < places.Length; axis++)
        {
            places[axis] = _places[axis][values[axis]];
        }

        _waiting.Enqueue((places, score));
        _told++;
        // What no later batch may be without: keeps the queue at two batches when a long run is read back.
        Learn(((_told / BatchSize) - 1) * BatchSize);
    }

    /// <summary>Good density of a value in the batch that was chosen last; for looking at what was learnt.</summary>
    internal double Good(int axis, int place) => _densities[axis].Good(place);

    private void Learn(long until)
    {
        for (; _learnt < until && _waiting.TryDequeue(out (short[] Places, double Score) trial); _learnt++)
        {
            for (int axis = 0; axis < _densities.Length; axis++)
            {
                if (_draw.IsOpen(axis, trial.Places))
                {
                    _densities[axis].Count(trial.Places[axis]);
                }
            }

            _good.Add(trial.Score, trial.Places);
        }
    }

    private void Build()
    {
        int goods = (int)Math.Min(Math.Max(Math.Ceiling(_settings.Gamma * _learnt), 1.0), _good.Count);
        Span<int> counts = stackalloc int[AxisDensityBuffer];
        for (int axis = 0; axis < _densities.Length; axis++)
        {
            int values = _grid.Axes[axis].Values.Count;
            Span<int> good = values <= counts.Length ? counts[..values] : new int[values];
            good.Clear();
            for (int rank = 0; rank < goods; rank++)
            {
                short[] places = _good.Places(rank);
                if (_draw.IsOpen(axis, places))
                {
                    good[places[axis]]++;
                }
            }

            _densities[axis].Build(good, axis, _table);
        }
    }

    private const int AxisDensityBuffer = 256;
}
