using System.CommandLine;

namespace Kedge.Cli.Commands;

/// <summary>Where the lane is.</summary>
internal class LanePlace
{
    private readonly Option<string?> _lane = RunOptions.Text("--lane", "Name of the lane (paper)");
    private readonly Option<string?> _folder = TradeCommand.Folder();

    public LanePlace(Command command)
    {
        command.Options.Add(_lane);
        command.Options.Add(_folder);
    }

    public string SocketOf(ParseResult parsed) =>
        TradeCommand.FolderOf(parsed.GetValue(_folder), TradeCommand.NameOf(parsed.GetValue(_lane) ?? "paper")).Socket;
}
