using System.Diagnostics;
using Kedge.Exchange.Core;
using Kedge.Model.Machines;

// The core's race: 50 books of 1,000 levels a side, 45 % adds within ten ticks of the touch, 45 % cancels of live orders, 10 % crossing, with
// margin checks, fees and address budgets on; the price of one symbol moves every 1,000 operations. Two passes over the same operations: one
// for the rate, one that stamps each operation for the quantiles.
//
//   dotnet run -c Release --project bench/Kedge.ExchangeRace [operations, default 5,000,000] [accounts, default 200]
int operations = args.Length > 0 ? int.Parse(args[0]) : 5_000_000;
int accounts = args.Length > 1 ? int.Parse(args[1]) : 200;

Kedge.ExchangeRace.Workload warm = new(accounts, seed: 1);
warm.Run(1_000_000, stamps: null);

Kedge.ExchangeRace.Workload plain = new(accounts, seed: 2);
plain.Run(500_000, stamps: null);
GC.Collect();
long allocated = GC.GetAllocatedBytesForCurrentThread();
TimeSpan wall = plain.Run(operations, stamps: null);
allocated = GC.GetAllocatedBytesForCurrentThread();
TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
plain.Core.Verify();

long[] stamps = new long[operations];
Kedge.ExchangeRace.Workload stamped = new(accounts, seed: 2);
stamped.Run(500_000, stamps: null);
stamped.Run(operations, stamps);
Array.Sort(stamps);
double Microseconds(double quantile) => stamps[(int)Math.Min(operations - 1, operations * quantile)] * 1e6 / Stopwatch.Frequency;

Console.WriteLine(
    $"operations          {operations:N0} ({plain.Adds:N0} adds, {plain.Cancels:N0} cancels, {plain.Crossings:N0} crossing)"
);
Console.WriteLine(
    $"live orders         {plain.Live:N0} in 50 books of {plain.LevelsPerSide:N0} levels a side; {accounts} accounts"
);
Console.WriteLine($"trades              {plain.Sink.Trades:N0}; events {plain.Sink.Count:N0}; refused {plain.Sink.Refused:N0}");
Console.WriteLine($"rate                {operations / wall.TotalSeconds:N0} operations/s on one core");
Console.WriteLine(
    $"latency             p50 {Microseconds(0.5):F2} us, p99 {Microseconds(0.99):F2} us, p99.9 {Microseconds(0.999):F2} us, max {Microseconds(1):F0} us"
);
Console.WriteLine($"allocated           {allocated:N0} bytes in {operations:N0} operations");
Console.WriteLine(
    $"state hash          {plain.Core.StateHash():x16} (both passes equal: {plain.Core.StateHash() == stamped.Core.StateHash()})"
);
