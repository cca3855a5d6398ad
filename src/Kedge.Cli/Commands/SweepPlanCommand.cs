using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Plans;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep plan</c>: what a search will take, before it runs.</summary>
internal static class SweepPlanCommand
{
    public static Command Build()
    {
        Command command = new("plan", "Check a specification and say what the search will take");
        SweepOptions options = new(command);
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            using SweepSession session = options.Open(parsed);
            using ISweepExecutor executor = session.Executor();
            session.Describe();
            SweepPlan plan = SweepPlan.Of(session.Job, executor, SweepSession.Clock, Interruption.Token);
            if (parsed.GetValue(json))
            {
                Terminal.Result(stream => SweepPlanText.WriteJson(stream, plan));
            }
            else
            {
                Terminal.ResultText(writer => SweepPlanText.Write(writer, plan));
            }

            return 0;
        });
        return command;
    }
}
