using System.CommandLine;
using Kedge.Model;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Pages;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep page</c>: a result file as a page to look at.</summary>
internal static class SweepPageCommand
{
    public static Command Build()
    {
        Command command = new("page", "Write a result file as one HTML page");
        Argument<string> file = new("file") { Description = "Result file of 'kedge sweep run' or 'kedge tune', finished or not" };
        Option<string?> sort = new("--sort-by") { Description = $"Ranked by: {Objectives.Names}", HelpName = "name" };
        Option<int> trades = NumberOptions.Whole("--min-trades", "Exits below which a row is worse than any that has them", 0);
        Option<string?> output = RunOptions.Text("--output", "Where the page goes (the file with .html)");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { sort, trades, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string results = parsed.GetValue(file)!;
            int least = parsed.GetValue(trades);
            TrialScore score = new(
                Objectives.Parse("--sort-by", parsed.GetValue(sort) ?? "pnl"),
                least >= 0 ? least : throw KedgeException.Usage($"--min-trades must be 0 or more, not {least}")
            );
            string page = parsed.GetValue(output) ?? Path.ChangeExtension(results, ".html");
            SearchPage.WriteFile(page, results, score);
            Terminal.Say($"{results} as a page: {page}");
            return 0;
        });
        return command;
    }
}
