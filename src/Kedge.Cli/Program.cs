using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Model;

namespace Kedge.Cli;

/// <summary>The <c>kedge</c> command: parses, runs one verb, turns failures into one line and an exit code.</summary>
public static class Program
{
    /// <summary>Exit codes: 0 done; 1 a check failed; 2 usage; 3 refused for safety; 4 environment; 70 a fault of the program; 130 stopped.</summary>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        bool debug = Array.IndexOf(args, "--debug") >= 0;
        using Interruption interruption = new();
        try
        {
            if (args is ["help", ..])
            {
                args = [.. args.Skip(1), "--help"];
            }

            args = SweepAliases.Apply(args);
            RootCommand root = Build(args);
            ParserConfiguration parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
            if (args.Length == 0)
            {
                root.Parse(["--help"], parser).Invoke(new InvocationConfiguration { Output = Console.Error });
                return (int)FailureKind.Usage;
            }

            ParseResult result = root.Parse(args, parser);
            if (result.Errors.Count > 0 && !IsHelp(args))
            {
                Terminal.Error(ParseFailure.Describe(result));
                return (int)FailureKind.Usage;
            }

            if (ParseFailure.EmptyValue(result) is { } empty)
            {
                Terminal.Error(empty);
                return (int)FailureKind.Usage;
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
            Terminal.Error("stopped before it was done; files that were not finished are removed");
            return Interruption.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Error($"{e.Message.TrimEnd('.', ' ')}; check the path, its permissions and the space left on the disk");
            Details(debug, e);
            return (int)FailureKind.Environment;
        }
        catch (Exception e) when (MissingLibrary(e) is { } library)
        {
            Terminal.Error(
                $"{library} is missing beside {Path.Combine(AppContext.BaseDirectory, "kedge")}; move or copy the whole folder that was published, not one file of it"
            );
            Details(debug, e);
            return (int)FailureKind.Environment;
        }
        catch (Exception e)
        {
            string what = e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
            Terminal.Error($"internal error: {e.GetType().Name}: {what}; please report it with the output of --debug");
            Details(debug, e);
            return 70;
        }
    }

    private static RootCommand Build(string[] args)
    {
        RootCommand root = new(
            "Kedge: a quantitative trading engine. Backtests one can trust.\nNew here? Run 'kedge demo': it makes its own data and shows what the engine does."
        );
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
        ("sweep", SweepCommand.Build),
        ("tune", TuneCommand.Build),
        ("explain", ExplainCommand.Build),
        ("compare", CompareCommand.Build),
        ("dump-indicators", DumpIndicatorsCommand.Build),
        ("data", DataCommand.Build),
        ("exchange", ExchangeCommand.Build),
        ("feed", FeedCommand.Build),
        ("trade", TradeCommand.Build),
        ("simulate", SimulateCommand.Build),
        ("ledger", LedgerCommand.Build),
        ("audit", AuditCommand.Build),
        ("config", ConfigCommand.Build),
        ("keys", KeysCommand.Build),
    ];

    private static bool IsVerb(string text) => Array.Exists(Verbs, v => string.Equals(v.Name, text, StringComparison.Ordinal));

    private static bool IsHelp(string[] args) => Array.Exists(args, a => a is "--help" or "-h" or "-?" or "--version");

    /// <summary>Name of a native library that could not be loaded; null when that is not what failed.</summary>
    internal static string? MissingLibrary(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException)
            {
                return cause.Message.Contains("e_sqlite3", StringComparison.Ordinal) ? "libe_sqlite3.so" : "a native library";
            }
        }

        return null;
    }

    private static void Details(bool debug, Exception e)
    {
        if (debug)
        {
            Terminal.Say(e.ToString());
        }
    }
}
