using System.CommandLine;
using System.Globalization;
using Kedge.Model;

namespace Kedge.Cli.Sweep;

/// <summary>The option that keeps the end of the window out of a search.</summary>
internal sealed class HoldoutOption
{
    private readonly Option<string?> _holdout = new("--holdout")
    {
        Description = "Keep the end of the window out of the search and score the best rows on it, e.g. 30%",
        HelpName = "share",
    };

    public HoldoutOption(Command command) => command.Options.Add(_holdout);

    /// <summary>Whether a holdout is wanted.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_holdout) is not null;

    /// <summary>Splits the window of a session when that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">The session.</param>
    /// <param name="output">The result file: a device has nothing beside it.</param>
    /// <exception cref="KedgeException">It is no share, or there is no place for the rows (exit 2).</exception>
    public void Apply(ParseResult parsed, SweepSession session, string output)
    {
        if (parsed.GetValue(_holdout) is not { } text)
        {
            return;
        }

        if (output.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw KedgeException.Usage($"--holdout writes a file beside --output, and '{output}' is a device; name a file");
        }

        session.Split(Share(text));
    }

    /// <summary>Reads a share: <c>30%</c> or <c>0.3</c>.</summary>
    public static double Share(string text)
    {
        bool percent = text.EndsWith('%');
        bool reads = double.TryParse(text.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        double share = percent ? number / 100.0 : number;
        return reads && share is >= 0.01 and <= 0.9
            ? share
            : throw KedgeException.Usage($"--holdout: '{text}' is no share between 1% and 90%; write 30% or 0.3");
    }
}
