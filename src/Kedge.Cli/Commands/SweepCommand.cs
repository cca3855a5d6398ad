using System.CommandLine;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep</c>: many configurations on the same candles.</summary>
internal static class SweepCommand
{
    public static Command Build() =>
        new("sweep", "Search parameters: many configurations on the same candles")
        {
            SweepPlanCommand.Build(),
            SweepRunCommand.Build(),
            SweepShardCommand.Build(),
            SweepMergeCommand.Build(),
            SweepTopCommand.Build(),
            SweepMaterialiseCommand.Build(),
            SweepPageCommand.Build(),
        };
}
