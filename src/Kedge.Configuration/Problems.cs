using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Errors and warnings of one file, each with its line.</summary>
internal sealed class Problems
{
    private const int MaxShown = 20;

    private readonly List<(int Line, string Text)> _errors = [];

    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public void Error(string source, int line, string text) => _errors.Add((line, $"{Place(source, line)}: {text}"));

    public void Warn(string source, int line, string text)
    {
        string warning = $"{Place(source, line)}: {text}";
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>Fails with one line per error, in the order of the file.</summary>
    public void ThrowIfAny()
    {
        if (_errors.Count == 0)
        {
            return;
        }

        List<string> lines = [.. _errors.OrderBy(e => e.Line).Select(e => e.Text).Distinct(StringComparer.Ordinal)];
        int more = lines.Count - MaxShown;
        if (more > 0)
        {
            lines.RemoveRange(MaxShown, more);
            lines.Add($"… and {more} more");
        }

        throw KedgeException.Usage(string.Join('\n', lines));
    }

    public static string Place(string source, int line) => line > 0 ? $"{source}:{line}" : source;
}
