using System.CommandLine;
using Kedge.Research.Reports;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge compare A.json B.json</c>: what differs between two reports.</summary>
internal static class CompareCommand
{
    public static Command Build()
    {
        Command command = new("compare", "Show what differs between two report files; exit code 1 when something does");
        Argument<string> first = new("a") { Description = "Report JSON" };
        Argument<string> second = new("b") { Description = "Report JSON" };
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Arguments.Add(first);
        command.Arguments.Add(second);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ReportComparison comparison = ReportComparison.OfFiles(parsed.GetValue(first)!, parsed.GetValue(second)!);
            if (parsed.GetValue(json))
            {
                Terminal.Result(stream => ComparisonWriter.Json(stream, comparison));
            }
            else
            {
                Terminal.ResultText(writer => ComparisonWriter.Text(writer, comparison, colour: false));
            }

            return comparison.Equal ? 0 : 1;
        });
        return command;
    }
}
