using System.CommandLine;
using Kedge.Cli.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge feed watch</c>: what a running feed serves, as it comes.</summary>
internal static class FeedWatchCommand
{
    public static Command Build()
    {
        Command command = new("watch", "Show what a running feed serves: prices and closed bars with their ages");
        Option<string?> socket = FeedCommand.Socket();
        Option<string?> folder = RunOptions.Text("--db-dir", $"Folder of the databases ({FeedCommand.DefaultFolder})");
        Option<string[]> symbols = FeedCommand.Symbols("Symbols to show (all)");
        Option<bool> json = RunOptions.Flag("--json", "One JSON object a line, as is done whenever output is no terminal");
        Option<int?> count = new("--count") { Description = "End after so many lines or updates" };
        Option<double?> seconds = NumberOptions.Decimal("--seconds", "End after so long");
        foreach (Option option in new Option[] { socket, folder, symbols, json, count, seconds })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(count) is <= 0)
            {
                throw KedgeException.Usage("--count: a number above zero");
            }

            if (parsed.GetValue(seconds) is <= 0.0 or > 1e9)
            {
                throw KedgeException.Usage("--seconds: a number above zero");
            }

            FeedClientOptions options = new()
            {
                SocketPath = FeedSocketPath.Resolve(
                    parsed.GetValue(socket),
                    parsed.GetValue(folder) ?? FeedCommand.DefaultFolder
                ),
                Channels = FeedChannels.All,
                Symbols = FeedCommand.Split(parsed.GetValue(symbols)),
                RecentBars = 1,
                Name = "kedge feed watch",
            };
            bool isTable = !parsed.GetValue(json) && !Console.IsOutputRedirected;
            return FeedWatcher.Run(options, isTable, parsed.GetValue(count), parsed.GetValue(seconds));
        });
        return command;
    }
}
