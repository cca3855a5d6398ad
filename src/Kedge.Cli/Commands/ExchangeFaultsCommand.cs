using System.CommandLine;
using System.Text;
using System.Text.Json;
using Kedge.Cli.Exchange;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge exchange faults</c>: what goes wrong at a running simulated exchange.</summary>
internal static class ExchangeFaultsCommand
{
    private static Option<string> UrlOption =>
        new("--url")
        {
            Description = "The operator's address of the exchange",
            DefaultValueFactory = _ => OperatorClient.DefaultUrl,
        };

    public static Command Build()
    {
        Command command = new("faults", "Faults of a running simulated exchange: list, inject, plan, stop");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Inject());
        command.Subcommands.Add(Plan());
        command.Subcommands.Add(Stop());
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "What went wrong so far, as JSON: counts by kind and the newest lines of the log");
        Option<string> url = UrlOption;
        command.Options.Add(url);
        command.SetAction(parsed =>
        {
            string answer = OperatorClient.Ask(parsed.GetValue(url)!, HttpMethod.Get, "/admin/faults", body: null);
            Terminal.ResultText(text => text.WriteLine(answer));
            return 0;
        });
        return command;
    }

    private static Command Inject()
    {
        Command command = new("inject", "Make the next things that fit go wrong");
        Argument<string> kind = new("kind")
        {
            Description = "One of: " + string.Join(' ', FaultWords.Kinds.Select(FaultWords.Word)),
        };
        Option<int> count = NumberOptions.Whole("--count", "How many of them", 1);
        Option<string?> match = RunOptions.Text("--match", "Only requests of this type, or frames of this channel");
        Option<long> lasts = NumberOptions.Whole("--for-ms", "How long, where that has a meaning; 0 draws it", 0L);
        Option<string> url = UrlOption;
        command.Arguments.Add(kind);
        foreach (Option option in new Option[] { count, match, lasts, url })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string body = Body(json =>
            {
                json.WriteString("kind", parsed.GetValue(kind));
                json.WriteNumber("count", parsed.GetValue(count));
                if (parsed.GetValue(match) is { } only)
                {
                    json.WriteString("match", only);
                }

                if (parsed.GetValue(lasts) is > 0 and var ms)
                {
                    json.WriteNumber("for_ms", ms);
                }
            });
            _ = OperatorClient.Ask(parsed.GetValue(url)!, HttpMethod.Post, "/admin/faults", body);
            return 0;
        });
        return command;
    }

    private static Command Plan()
    {
        Command command = new("plan", "Follow a fault plan from now on");
        Argument<string> file = new("file") { Description = "Fault plan, YAML" };
        Option<string> url = UrlOption;
        command.Arguments.Add(file);
        command.Options.Add(url);
        command.SetAction(parsed =>
        {
            // Read here too, so that what is wrong is told with the name of the file.
            string path = parsed.GetValue(file)!;
            _ = FaultPlanFile.Read(path);
            _ = OperatorClient.Ask(parsed.GetValue(url)!, HttpMethod.Put, "/admin/plan", FaultPlanFile.Text(path));
            return 0;
        });
        return command;
    }

    private static Command Stop()
    {
        Command command = new("stop", "End all faults and let go what is held");
        Option<string> url = UrlOption;
        command.Options.Add(url);
        command.SetAction(parsed =>
        {
            _ = OperatorClient.Ask(parsed.GetValue(url)!, HttpMethod.Post, "/admin/stop", body: null);
            return 0;
        });
        return command;
    }

    private static string Body(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
