using System.Buffers;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>Runs what a source chooses into a file, batch by batch; the next batch is chosen while one runs.</summary>
public sealed class TrialRunner
{
    private readonly ITrialSource _source;
    private readonly ISweepExecutor _executor;
    private readonly ResultFile _file;
    private readonly RowJson _json;
    private readonly TrialScore _score;
    private readonly TopRows _top;
    private readonly Func<double> _clock;
    private readonly ArrayBufferWriter<byte> _lines = new(1 << 20);
    private double _choosingS;
    private double _learningS;

    /// <summary>A runner.</summary>
    /// <param name="source">Chooses; has been told the rows that are in the file already.</param>
    /// <param name="executor">How configurations are run.</param>
    /// <param name="file">Where rows go; those that are there already are not run again.</param>
    /// <param name="json">Writes a row.</param>
    /// <param name="score">What rows are ranked by.</param>
    /// <param name="top">Takes every row.</param>
    /// <param name="clock">Tells the time in seconds from any start.</param>
    public TrialRunner(
        ITrialSource source,
        ISweepExecutor executor,
        ResultFile file,
        RowJson json,
        TrialScore score,
        TopRows top,
        Func<double> clock
    )
    {
        _source = source;
        _executor = executor;
        _file = file;
        _json = json;
        _score = score;
        _top = top;
        _clock = clock;
    }

    /// <summary>Seconds spent on choosing and on learning from rows, waiting for a processor included: no more than one thread's, beside those that run.</summary>
    public double ChoosingS => _choosingS + _learningS;

    /// <summary>Runs what is left.</summary>
    /// <param name="progress">Told after each batch; null for silence.</param>
    /// <param name="cancellation">Stops the run; rows that are done before the first that is not are written.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Run(Action<SweepProgress>? progress, CancellationToken cancellation)
    {
        long number = _file.Rows / _source.BatchSize;
        int known = (int)(_file.Rows % _source.BatchSize);
        BatchLoop.Run(
            _executor,
            () =>
            {
                IReadOnlyList<SweepTrial> batch = [.. Choose(number++).Skip(known)];
                known = 0;
                return batch;
            },
            Write,
            () => progress?.Invoke(new SweepProgress(_file.Rows, _source.Count, _top.Best)),
            cancellation
        );
    }

    private IReadOnlyList<SweepTrial> Choose(long number)
    {
        double started = _clock();
        IReadOnlyList<SweepTrial> batch = _source.Batch(number);
        _choosingS += _clock() - started;
        return batch;
    }

    private void Write(SweepRow?[] rows)
    {
        IReadOnlyList<RankedRow> written = SweepRunner.Write(rows, _file, _json, _score.Of, _top, _lines);
        double started = _clock();
        for (int i = 0; i < written.Count; i++)
        {
            _source.Tell(rows[i]!.Trial.Values, written[i].Score);
        }

        _learningS += _clock() - started;
    }
}
