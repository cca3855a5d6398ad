using Kedge.Model;

namespace Kedge.Research.Search.Space;

/// <summary>What is wrong with a sweep specification, and what deserves a look; a line each.</summary>
public sealed class SpecProblems
{
    private const int MostShown = 20;

    private readonly string _source;
    private readonly List<(int Line, string Text)> _errors = [];
    private readonly List<string> _warnings = [];

    /// <summary>None yet.</summary>
    /// <param name="source">What to call the file.</param>
    public SpecProblems(string source) => _source = source;

    /// <summary>Warnings so far, in the order they were found.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether there is an error.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Notes an error.</summary>
    public void Error(int line, string text) => _errors.Add((line, Place(line) + text));

    /// <summary>Notes a warning.</summary>
    public void Warn(int line, string text) => _warnings.Add(Place(line) + text);

    /// <summary>Fails with a line for each error, in the order of the file.</summary>
    /// <exception cref="KedgeException">There is an error (exit 2).</exception>
    public void ThrowIfAny()
    {
        if (!Any)
        {
            return;
        }

        List<string> lines = [.. _errors.OrderBy(e => e.Line).Select(e => e.Text).Distinct(StringComparer.Ordinal)];
        if (lines.Count > MostShown)
        {
            int more = lines.Count - MostShown;
            lines.RemoveRange(MostShown, more);
            lines.Add($"… and {more} more");
        }

        throw KedgeException.Usage(string.Join('\n', lines));
    }

    private string Place(int line) => line > 0 ? $"{_source}:{line}: " : $"{_source}: ";
}
