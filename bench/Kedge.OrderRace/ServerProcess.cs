using System.Diagnostics;
using System.Globalization;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;

namespace Kedge.OrderRace;

/// <summary>The venue in a process of its own: started by the race, tells its address and, on each line it is sent, its CPU time and allocation.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static ServerProcess Start(bool managed)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add("server");
        start.ArgumentList.Add(managed ? "managed" : "native");
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProcess(process, new Uri(process.StandardOutput.ReadLine()!));
    }

    /// <summary>CPU time of the server so far and bytes it has allocated.</summary>
    public (TimeSpan Cpu, long Allocated) Read()
    {
        _process.StandardInput.WriteLine();
        string[] parts = process(_process.StandardOutput.ReadLine()!);
        return (
            TimeSpan.FromMilliseconds(double.Parse(parts[0], CultureInfo.InvariantCulture)),
            long.Parse(parts[1], CultureInfo.InvariantCulture)
        );

        static string[] process(string line) => line.Split(' ');
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5_000);
        _process.Dispose();
    }

    /// <summary>The server's own side; ends with its input.</summary>
    public static async Task ServeAsync()
    {
        HyperliquidGateway gateway = RaceVenue.Gateway();
        await using GatewayHost host = await GatewayHost.StartAsync(
            gateway,
            new GatewayHostOptions { Port = 0 },
            (now, effects) => RaceVenue.Begin(gateway, now, effects)
        );
        Console.WriteLine(host.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{self.TotalProcessorTime.TotalMilliseconds:F3} {GC.GetTotalAllocatedBytes(precise: false)}"
                )
            );
        }
    }
}
