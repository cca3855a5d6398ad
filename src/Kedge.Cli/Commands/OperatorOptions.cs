using System.CommandLine;
using Kedge.Cli.Trading;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary>Where the lane is, who orders, and why.</summary>
internal sealed class OperatorOptions : LanePlace
{
    private readonly Option<string?> _operator = RunOptions.Text("--operator", "Who gives the command (the user's name)");
    private readonly Option<string?> _reason = RunOptions.Text("--reason", "Why; it is written into the ledger");

    public OperatorOptions(Command command)
        : base(command)
    {
        command.Options.Add(_operator);
        command.Options.Add(_reason);
    }

    public OperatorRequest Of(ParseResult parsed, string verb) =>
        new(verb, parsed.GetValue(_operator) ?? Environment.UserName, parsed.GetValue(_reason) ?? "by command line");

    public int Send(ParseResult parsed, OperatorRequest request)
    {
        OperatorAnswer answer = OperatorSocket.Ask(SocketOf(parsed), request);
        Terminal.ResultText(text =>
        {
            foreach (string line in answer.Lines)
            {
                text.WriteLine(line);
            }
        });
        return answer.IsDone ? 0 : (int)FailureKind.CheckFailed;
    }
}
