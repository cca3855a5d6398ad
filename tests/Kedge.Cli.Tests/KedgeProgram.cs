using System.Diagnostics;
using System.Text;

namespace Kedge.Cli.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() =>
        $"exit {Code}\n--- stdout\n{(Out.Length > 2000 ? Out[..2000] : Out)}\n--- stderr\n{Error}";
}

/// <summary>The built <c>kedge</c> program, started as a process of its own.</summary>
internal static class KedgeProgram
{
    private const int LimitMs = 60_000;

    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "kedge.dll");

    /// <summary>Runs it in a folder.</summary>
    public static Outcome Run(string folder, params string[] arguments) =>
        Run(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Runs it in a folder with variables of its own.</summary>
    public static Outcome Run(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        return Finish(process, output, error);
    }

    /// <summary>Runs it from a shell line in which <c>$KEDGE</c> stands for the program.</summary>
    public static Outcome Shell(string folder, string line)
    {
        ProcessStartInfo start = Prepare("bash", folder);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(line);
        start.Environment["KEDGE"] = $"{Dotnet} {Dll}";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        return Finish(process, output, error);
    }

    public static Process Start(string folder, params string[] arguments) =>
        Start(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts it with variables of its own.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = Prepare(Dotnet, folder);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Dll);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public static Outcome Finish(Process process, string output, Task<string> error)
    {
        if (!process.WaitForExit(LimitMs))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the program did not end");
        }

        return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static ProcessStartInfo Prepare(string program, string folder)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Path.GetTempPath(), "kedge-cli-cache");
        start.Environment.Remove("NO_COLOR");
        return start;
    }
}
