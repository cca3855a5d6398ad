using System.CommandLine;
using System.CommandLine.Parsing;
using Kedge.Cli.Commands;
using Kedge.Model;

namespace Kedge.Cli;

/// <summary>The <c>kedge</c> command: parses, runs one verb, turns failures into one line and an exit code.</summary>
public static class Program
{
    /// <summary>Exit codes: 0 done; 1 a check failed; 2 usage; 3 refused for safety; 4 environment.</summary>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        bool debug = Array.IndexOf(args, "--debug") >= 0;
        try
        {
            RootCommand root = Build(args);
            ParseResult result = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false });
            if (result.Errors.Count > 0 && !IsHelp(args))
            {
                return Complain(result);
            }

            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (KedgeException e)
        {
            Terminal.Error(e.Message);
            Details(debug, e);
            return (int)e.Kind;
        }
        catch (OperationCanceledException)
        {
            Terminal.Error("stopped");
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Error($"{e.Message} Check the path, its permissions and the space left on the disk.");
            Details(debug, e);
            return (int)FailureKind.Environment;
        }
        catch (Exception e)
        {
            Terminal.Error($"internal error: {e.GetType().Name}: {e.Message} Please report it with the output of --debug.");
            Details(debug, e);
            return 70;
        }
    }

    private static RootCommand Build(string[] args)
    {
        RootCommand root = new("Kedge: a quantitative trading engine. Backtests one can trust.");
        root.Options.Add(new Option<bool>("--debug") { Description = "Show stack traces of failures", Recursive = true });

        // One verb is enough to run it; all of them are needed to list them.
        string? verb = args.FirstOrDefault(a => !a.StartsWith('-'));
        foreach ((string name, Func<Command> build) in Verbs)
        {
            if (verb is null || string.Equals(name, verb, StringComparison.Ordinal) || !IsVerb(verb))
            {
                root.Subcommands.Add(build());
            }
        }

        return root;
    }

    private static readonly (string Name, Func<Command> Build)[] Verbs =
    [
        ("demo", DemoCommand.Build),
        ("replay", ReplayCommand.Build),
        ("explain", ExplainCommand.Build),
        ("dump-indicators", DumpIndicatorsCommand.Build),
        ("data", DataCommand.Build),
        ("config", ConfigCommand.Build),
    ];

    private static bool IsVerb(string text) => Array.Exists(Verbs, v => string.Equals(v.Name, text, StringComparison.Ordinal));

    private static bool IsHelp(string[] args) => Array.Exists(args, a => a is "--help" or "-h" or "-?" or "--version");

    private static int Complain(ParseResult result)
    {
        ParseError first = result.Errors[0];
        string command = result.CommandResult.Command is RootCommand ? "kedge" : "kedge " + result.CommandResult.Command.Name;
        Terminal.Error($"{first.Message.TrimEnd('.')}. See '{command} --help'.");
        return (int)FailureKind.Usage;
    }

    private static void Details(bool debug, Exception e)
    {
        if (debug)
        {
            Console.Error.WriteLine(e);
        }
    }
}
