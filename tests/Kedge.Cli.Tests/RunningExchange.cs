using System.Diagnostics;
using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary>A <c>kedge exchange run</c> in a process of its own, on ports that were free.</summary>
internal sealed class RunningExchange : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private RunningExchange(Process process, Task<string> error, JsonElement start)
    {
        _process = process;
        _error = error;
        Url = start.GetProperty("url").GetString()!;
        Socket = start.GetProperty("ws").GetString()!;
        Admin = start.GetProperty("admin").GetString()!;
    }

    public string Url { get; }

    public string Socket { get; }

    public string Admin { get; }

    public static RunningExchange Start(string folder, params string[] arguments)
    {
        Process process = KedgeProgram.Start(
            folder,
            ["exchange", "run", "--port", "0", "--admin-port", "0", "--json", .. arguments]
        );
        Task<string> error = process.StandardError.ReadToEndAsync();
        string? line = process.StandardOutput.ReadLine();
        if (line is null)
        {
            process.WaitForExit();
            Assert.Fail(error.GetAwaiter().GetResult());
        }

        using JsonDocument start = JsonDocument.Parse(line);
        return new RunningExchange(process, error, start.RootElement);
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public Outcome End()
    {
        using (Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
        {
            kill.WaitForExit();
        }

        return KedgeProgram.Finish(_process, _process.StandardOutput.ReadToEnd(), _error);
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
