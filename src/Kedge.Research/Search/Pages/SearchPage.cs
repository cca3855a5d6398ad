using System.Net;
using System.Text.Json;
using Kedge.Research.Reports;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Pages;

/// <summary>
/// A search as one HTML page that needs nothing else: how the objective is spread, which parameters matter, pairs of them, lines through all, what the best rows do on the holdout, and
/// the configuration of a row. At most <see cref="PageRows.Most"/> rows.
/// </summary>
public static class SearchPage
{
    private const int Listed = 100;

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="results">The result file, finished or not.</param>
    /// <param name="score">What rows are ranked by.</param>
    /// <exception cref="Model.KedgeException">The results cannot be read, or the page not be written (exit 4), or a line is no row (exit 2).</exception>
    public static void WriteFile(string path, string results, TrialScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        PageRows rows = PageRows.Read(results, score.Of, Listed);
        IReadOnlyDictionary<string, ResultLine> holdout = HoldoutRows.Read(results);
        string file = Path.GetFileName(results);
        AtomicFile.Write(
            path,
            stream =>
                HtmlPage.Write(
                    stream,
                    $"Kedge search {WebUtility.HtmlEncode(file)}",
                    "searchpage",
                    (Utf8JsonWriter writer) => SearchPageData.Write(writer, file, score, rows, holdout)
                )
        );
    }
}
