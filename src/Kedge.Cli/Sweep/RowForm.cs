using System.CommandLine;
using Kedge.Model;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>The option that says what a row holds.</summary>
internal sealed class RowForm
{
    private readonly Option<string?> _mode = new("--output-mode")
    {
        Description = "Form of the rows: full or candidate",
        HelpName = "form",
    };

    public RowForm(Command command) => command.Options.Add(_mode);

    /// <summary>Whether rows have the short form.</summary>
    /// <exception cref="KedgeException">It is no form (exit 2).</exception>
    public bool IsCandidate(ParseResult parsed) =>
        (parsed.GetValue(_mode) ?? "full") switch
        {
            "full" => false,
            "candidate" => true,
            var other => throw KedgeException.Usage($"--output-mode: '{other}' is unknown; one of full, candidate"),
        };

    /// <summary>Identity of a search whose rows have this form.</summary>
    public static string Identity(SweepSession session, bool candidate) => Identity(session, candidate ? "candidate" : "full");

    /// <summary>Identity of a search from its form of rows and whatever else decides what is run.</summary>
    public static string Identity(SweepSession session, string mode) =>
        RunIdentity.Of(
            session.Job,
            session.Setup.Configuration.ConfigId,
            session.Setup.DataHash,
            session.Verified is null ? mode : mode + " verified"
        );
}
