using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Kedge.ThirdParty.Tests;

/// <summary>One run of a client's script: what each step came to.</summary>
internal sealed record ClientRun(int ExitCode, IReadOnlyList<ClientStep> Steps, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static string Folder { get; } =
        typeof(ClientRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ClientsFolder").Value!;

    /// <summary>Runs a script to its end.</summary>
    public static async Task<ClientRun> OfAsync(string script, IReadOnlyDictionary<string, string> settings)
    {
        ProcessStartInfo start = new("node")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(script);
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        // Loopback needs no proxy, and a client would send everything to it.
        foreach (string name in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy" })
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return new ClientRun(process.ExitCode, Read(await output), await errors);
    }

    /// <summary>Fails with all that went wrong, unless every step that was expected came and went well.</summary>
    public void AssertWent(params string[] expected)
    {
        string[] failed = [.. Steps.Where(s => !s.Ok).Select(s => $"{s.Step}: {s.Detail}")];
        Assert.True(failed.Length == 0, string.Join('\n', failed));
        Assert.Equal(expected, Steps.Select(s => s.Step));
        Assert.True(ExitCode == 0, $"the script ended with {ExitCode}: {Errors}");
    }

    private static ClientStep[] Read(string output) =>
        [
            .. output
                .Split('\n')
                .Where(line => line.StartsWith("{\"step\"", StringComparison.Ordinal))
                .Select(line => JsonSerializer.Deserialize<ClientStep>(line, JsonSerializerOptions.Web)!),
        ];
}
