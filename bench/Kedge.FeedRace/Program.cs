using System.Diagnostics;
using System.Globalization;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.FeedRace;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

// Usage: Kedge.FeedRace [updates, 6,000,000], or Kedge.FeedRace steady [seconds, 30] for the traffic of a venue with 200 symbols.
// Mid prices from the venue's bytes through decoder, server and Unix socket to eight clients, each of which must hear every update.
bool isSteady = args is ["steady", ..];
int updates = args.Length > 0 && !isSteady ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6_000_000;
int steadyS = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
const int Clients = 8;
string folder = Directory.CreateTempSubdirectory("kedge-feed-race-").FullName;
try
{
    string path = Path.Combine(folder, "feed.sock");
    if (isSteady)
    {
        await Steady();
    }
    else
    {
        Race();
    }

    void Race()
    {
        using FeedSocketServer server = FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = path });
        RaceClient[] heard = [.. Enumerable.Range(0, Clients).Select(_ => new RaceClient())];
        FeedClient[] clients =
        [
            .. heard.Select(h => FeedClient.Start(new FeedClientOptions { SocketPath = path, Channels = FeedChannels.Mids }, h)),
        ];
        Wait(() => heard.All(h => h.IsUp));
        Thread.Sleep(300);
        StreamDecoder decoder = new(new SymbolTable(Enumerable.Range(0, Wire.Symbols).Select(Wire.Name)), new DecodeReport());
        string[] names = [.. Enumerable.Range(0, Wire.Symbols).Select(Wire.Name)];

        Throughput(updates / 10, "warm-up");
        Throughput(updates, "throughput");
        Latency(10_000, 20);
        foreach (FeedClient client in clients)
        {
            client.Dispose();
        }

        void Decode(byte[] message)
        {
            decoder.Decode(message);
            ReadOnlySpan<double> prices = decoder.Mids.Prices;
            for (int i = 0; i < Wire.Symbols; i++)
            {
                server.Mid(names[i], prices[i], 0);
            }
        }

        void Throughput(int count, string what)
        {
            byte[][] messages = [.. Enumerable.Range(1, 64).Select(Wire.Mids)];
            long[] before = [.. heard.Select(h => h.Count)];
            double[] sums = [.. heard.Select(h => h.Sum)];
            double sum = 0.0;
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            int sent = 0;
            for (int m = 0; sent < count; m++)
            {
                // Nobody is to be shed: no more is under way than every client has room for.
                while (sent - heard.Min(h => h.Count - before[0]) > 16_000)
                {
                    Thread.Yield();
                }

                Decode(messages[m % messages.Length]);
                foreach (double price in decoder.Mids.Prices)
                {
                    sum += price;
                }

                sent += Wire.Symbols;
            }

            Wait(() => heard.All(h => h.Count - before[0] >= sent));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double cores = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / seconds;
            bool isWhole = heard
                .Select((h, i) => Math.Abs(h.Sum - sums[i] - sum) < 1e-3 * sum && h.Count - before[i] == sent)
                .All(b => b);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: {sent:n0} updates, {sent / seconds:n0}/s, each to {Clients} clients ({sent / seconds * Clients:n0}/s heard), {cores:n2} cores, {(isWhole ? "all heard" : "SOME LOST")}, shed {heard.Sum(h => h.Shed)}"
                )
            );
        }

        void Latency(int perSecond, int seconds)
        {
            int count = perSecond * seconds / Wire.Symbols;
            byte[][] messages = [.. Enumerable.Range(10_000, count).Select(Wire.Mids)];
            long[] sentAt = new long[10_000 + count];
            foreach (RaceClient h in heard)
            {
                h.SentAt = sentAt;
            }

            double everyMs = 1_000.0 * Wire.Symbols / perSecond;
            long start = Stopwatch.GetTimestamp();
            for (int m = 0; m < count; m++)
            {
                while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < m * everyMs)
                {
                    Thread.Sleep(1);
                }

                sentAt[10_000 + m] = Stopwatch.GetTimestamp();
                Decode(messages[m]);
            }

            Thread.Sleep(500);
            double[] all = [.. heard.SelectMany(h => h.LatenciesMs).Order()];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"latency at {perSecond:n0}/s, socket in to client out: p50 {all[all.Length / 2]:n3} ms, p99 {all[all.Length * 99 / 100]:n3} ms, p99.9 {all[all.Length * 999 / 1000]:n3} ms, largest {all[^1]:n1} ms ({all.Length:n0})"
                )
            );
        }
    }

    async Task Steady()
    {
        SilentVenue? venue = null;
        using FeedSocketServer server = FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = path });
        string[] symbols = [.. Enumerable.Range(0, Wire.Symbols).Select(Wire.Name)];
        await using FeedService service = FeedService.Start(
            new FeedServiceOptions
            {
                Settings = new FeedSettings(),
                Symbols = symbols,
                Folder = folder,
                Outlets = [server],
            },
            listener => venue = new SilentVenue(listener)
        );
        RaceClient heard = new();
        using FeedClient client = FeedClient.Start(new FeedClientOptions { SocketPath = path }, heard);
        Wait(() => heard.IsUp);
        Traffic traffic = new(venue!.Listener, symbols);
        traffic.Second();
        await Task.Delay(1_000);
        double own = 0.0;
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        for (int s = 1; s <= steadyS; s++)
        {
            own += traffic.Second();
            TimeSpan left = TimeSpan.FromSeconds(s) - Stopwatch.GetElapsedTime(start);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        double spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Process.GetCurrentProcess().Refresh();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"steady traffic, {steadyS} s: {100.0 * spent / steadyS:n1} % of one core with one client in the process, {Process.GetCurrentProcess().WorkingSet64 / 1048576.0:n0} MiB"
            )
        );
    }
}
finally
{
    Directory.Delete(folder, true);
}

static void Wait(Func<bool> done)
{
    SpinWait spin = default;
    while (!done())
    {
        spin.SpinOnce();
    }
}
