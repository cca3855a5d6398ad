using System.CommandLine;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge audit</c>: what a session was told and did, looked into afterwards.</summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        Command command = new(
            "audit",
            "Replay a session's journal to the last bit, and compare a session with a replay of its candles"
        );
        command.Subcommands.Add(AuditReplayCommand.Build());
        command.Subcommands.Add(AuditParityCommand.Build());
        return command;
    }
}
