using Kedge.Model;
using Kedge.Research.Reports;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>
/// The best rows of a search on the part of the window that was kept out of it: <c>NAME.holdout.jsonl</c> beside the result file, best first as the search ranked them, under the ids
/// they have there.
/// </summary>
public static class HoldoutRows
{
    /// <summary>Best rows that are scored at least, so that there is more to see than a handful.</summary>
    public const int Least = 100;

    /// <summary>Name of the file that belongs to a result file.</summary>
    public static string PathOf(string output) => Path.ChangeExtension(output, ".holdout.jsonl");

    private static string IdOf(string output) => PathOf(output) + ".id";

    /// <summary>Runs the rows on the holdout and writes them.</summary>
    /// <param name="output">The result file.</param>
    /// <param name="identity">Identity of the search.</param>
    /// <param name="ranked">Its best rows, best first.</param>
    /// <param name="grid">Its axes.</param>
    /// <param name="executor">Runs on the holdout.</param>
    /// <param name="json">Writes a row.</param>
    /// <param name="cancellation">Stops it; nothing is written then.</param>
    public static void Write(
        string output,
        string identity,
        IReadOnlyList<RankedRow> ranked,
        SweepGrid grid,
        ISweepExecutor executor,
        RowJson json,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(json);
        SweepTrial[] trials = [.. ranked.Select(r => TrialOf(ResultLine.Parse(r.Line, output), grid))];
        SweepRow?[] rows = new SweepRow?[trials.Length];
        executor.Run(trials, rows, cancellation);
        AtomicFile.Write(
            PathOf(output),
            stream =>
            {
                foreach (SweepRow? row in rows)
                {
                    stream.Write(json.Line(row!).Span);
                }
            }
        );
        AtomicFile.Write(IdOf(output), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(identity + "\n")));
    }

    /// <summary>The rows of the holdout by id; none when there is no file, or it is of another search than the result file.</summary>
    /// <param name="output">The result file.</param>
    /// <exception cref="KedgeException">The file cannot be read (exit 4), or holds something else (exit 2).</exception>
    public static IReadOnlyDictionary<string, ResultLine> Read(string output)
    {
        Dictionary<string, ResultLine> rows = new(StringComparer.Ordinal);
        if (
            File.Exists(PathOf(output))
            && File.Exists(IdOf(output))
            && ResultFile.IsFinished(output, File.ReadAllText(IdOf(output)).Trim())
        )
        {
            foreach (ResultLine line in ResultLine.ReadFile(PathOf(output)))
            {
                rows[line.ConfigId] = line;
            }
        }

        return rows;
    }

    private static SweepTrial TrialOf(ResultLine line, SweepGrid grid) =>
        new(line.Index, [.. grid.Axes.Select(a => line.Overrides[a.Path])]);
}
