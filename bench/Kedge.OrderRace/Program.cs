using System.Diagnostics;
using System.Globalization;
using Kedge.Crypto;
using Kedge.OrderRace;

// Signed orders over loopback HTTP: a venue in one process, a client in another, both on the same cores. One order a request, signed by an
// agent, checked and matched; each is filled at once.
//
//   dotnet run -c Release --project bench/Kedge.OrderRace [orders, default 40,000] [lines, default 32] [native|managed]
if (args is ["server", string which])
{
    AppContext.SetSwitch(Secp256k1.ManagedOnlySwitch, which == "managed");
    await ServerProcess.ServeAsync();
    return;
}

int orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 40_000;
int lines = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 32;
bool isManaged = args is [_, _, "managed"] || Secp256k1.Native is null;
AppContext.SetSwitch(Secp256k1.ManagedOnlySwitch, isManaged);
Secp256k1 curve = Secp256k1.Default;

Console.WriteLine($"curve      {curve.Name}; {orders:N0} orders, {lines} at once, {Environment.ProcessorCount} cores");
using (ServerProcess server = ServerProcess.Start(isManaged))
{
    using RawClient raw = new(server.Url, curve);
    await raw.RunAsync(orders / 4, lines);
    await Report("raw", server, () => raw.RunAsync(orders, lines));
    Failures(raw.Failed, raw.FirstFailure);
}

using (ServerProcess server = ServerProcess.Start(isManaged))
{
    await using AdapterClient adapter = new(server.Url, Math.Min(lines + 2, 100));
    await adapter.Up.WaitAsync(TimeSpan.FromSeconds(30));
    await adapter.RunAsync(orders / 4, lines);
    await Report("adapter", server, () => adapter.RunAsync(orders, lines));
    Failures(adapter.Failed, adapter.FirstFailure);
    Console.WriteLine($"           {adapter.Fills:N0} fills told");
}

Parts parts = Parts.Measure(curve);
Console.WriteLine(
    $"alone, us  write {parts.Write:F1}, sign {parts.Sign:F1}, recover {parts.Recover:F1}, "
        + $"gateway without recover {parts.Gateway:F1}, of which core {parts.Core:F1}"
);

async Task Report(string name, ServerProcess server, Func<Task<TimeSpan>> run)
{
    (TimeSpan serverCpu, long serverBytes) = server.Read();
    using Process self = Process.GetCurrentProcess();
    TimeSpan clientCpu = self.TotalProcessorTime;
    long clientBytes = GC.GetTotalAllocatedBytes(precise: false);
    TimeSpan wall = await run();
    self.Refresh();
    clientCpu = self.TotalProcessorTime - clientCpu;
    clientBytes = GC.GetTotalAllocatedBytes(precise: false) - clientBytes;
    (TimeSpan serverCpuAfter, long serverBytesAfter) = server.Read();
    serverCpu = serverCpuAfter - serverCpu;
    serverBytes = serverBytesAfter - serverBytes;
    Console.WriteLine(
        $"{name, -10} {orders / wall.TotalSeconds:N0} orders/s; us CPU an order: client {clientCpu.TotalMicroseconds / orders:F0}, "
            + $"server {serverCpu.TotalMicroseconds / orders:F0}; bytes an order: client {clientBytes / orders:N0}, server {serverBytes / orders:N0}; "
            + $"{(clientCpu + serverCpu) / wall:F2} cores busy"
    );
}

static void Failures(long failed, string? first)
{
    if (failed > 0 || first is not null)
    {
        Console.WriteLine($"           FAILED: {failed:N0}; first: {first}");
    }
}
