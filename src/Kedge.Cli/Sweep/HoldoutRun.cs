using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>The last step of a search with a holdout: its best rows on the part of the window it has not seen.</summary>
internal static class HoldoutRun
{
    /// <summary>Room for the best rows: those that are shown, and with a holdout those that are scored on it.</summary>
    public static TopRows Top(SweepSession session, int shown) =>
        new(session.Holdout is null ? shown : Math.Max(shown, HoldoutRows.Least));

    /// <summary>Scores the best rows of a finished search.</summary>
    /// <param name="session">The search.</param>
    /// <param name="output">Its result file.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="candidate">The short form of rows.</param>
    /// <param name="top">Its best rows.</param>
    /// <returns>Rows on the holdout by id; none without a holdout.</returns>
    public static IReadOnlyDictionary<string, ResultLine> Score(
        SweepSession session,
        string output,
        string identity,
        bool candidate,
        TopRows top
    )
    {
        if (session.Holdout is not { } split)
        {
            return new Dictionary<string, ResultLine>(StringComparer.Ordinal);
        }

        using ISweepExecutor executor = session.Executor(split.Holdout);
        using RowJson json = new(session.Job.Space.Grid, candidate, null);
        HoldoutRows.Write(output, identity, top.Ranked(), session.Job.Space.Grid, executor, json, Interruption.Token);
        return HoldoutRows.Read(output);
    }
}
