using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kedge.Data;
using Kedge.Data.Feed.Serving;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.FeedRace;

/// <summary>The races. The source is this process.</summary>
internal static class Race
{
    private const int Clients = 8;

    /// <summary>Mids alone, at a rate: each must reach each client.</summary>
    public static bool Mids(string name, int rate, int symbols, int seconds)
    {
        using Course course = new(isFilled: false);
        (byte[] message, int[] places) = Messages.Mids(symbols);
        double perSecond = (double)rate / symbols;
        course.Send(message, places, perSecond, seconds: 3);
        course.Settle();
        course.Clients.Ask("begin");
        double[] feedBefore = course.Feed.Ask("usage");
        double[] clientsBefore = course.Clients.Ask("usage");
        long start = Stopwatch.GetTimestamp();
        (long sent, double sum) = course.Send(message, places, perSecond, seconds);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        course.Settle();
        double[] feed = course.Feed.Ask("usage");
        double[] c = course.Clients.Ask("usage");
        bool isWhole = c[4] == sent && c[5] == sent && c[6].Equals(c[7]) && Math.Abs(c[6] - sum) <= 1e-12 * sum && c[8] == 0.0;
        Say(
            $"{name}: {sent / wall:N0} updates/s for {wall:F1} s to {Clients} clients, {(isWhole ? "every one reached each" : $"LOST: {sent} sent, {c[4]} to {c[5]} heard, {c[8]} times shed")}"
        );
        Say(
            $"  CPU: feed {(feed[0] - feedBefore[0]) / wall:P0} of a core, clients {(c[0] - clientsBefore[0]) / wall:P0}, allocated {(feed[2] - feedBefore[2]) / sent * 1048576:F2} and {(c[2] - clientsBefore[2]) / sent * 1048576:F2} bytes an update; feed {feed[1]:F0} MiB"
        );
        Say($"  µs from the source's socket to the client: p50 {c[10]:N0}, p99 {c[11]:N0}, p99.9 {c[12]:N0}, longest {c[13]:N0}");
        return isWhole;
    }

    /// <summary>What a venue of 200 symbols sends, at its pace.</summary>
    public static bool Steady(int seconds)
    {
        using Course course = new(isFilled: true);
        course.SendSteadily(10);
        double[] before = course.Feed.Ask("usage");
        double[] clientsBefore = course.Clients.Ask("usage");
        long start = Stopwatch.GetTimestamp();
        course.SendSteadily(seconds);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] after = course.Feed.Ask("usage");
        double[] clients = course.Clients.Ask("usage");
        Say(
            $"steady: {wall:F0} s; feed {(after[0] - before[0]) / wall:P2} of a core, {after[1]:F0} MiB resident, {after[3]:F0} MiB of it heap; {Clients} clients {(clients[0] - clientsBefore[0]) / wall:P2}; {after[4]} messages not understood, {clients[8]} times shed"
        );
        return after[4] == 0.0 && clients[8] == 0.0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A feed with its clients and the connection to it.</summary>
    private sealed class Course : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("kedge-feed-race").FullName;
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly long _epoch = Stopwatch.GetTimestamp();

        public Course(bool isFilled)
        {
            if (isFilled)
            {
                Fill();
            }

            Feed = new Child("feed", _folder);
            _socket.Connect(IPAddress.Loopback, (int)Feed.Read()[0]);
            Clients = new Child(
                "clients",
                Path.Combine(_folder, FeedSocketPath.FileName),
                Race.Clients.ToString(CultureInfo.InvariantCulture),
                _epoch.ToString(CultureInfo.InvariantCulture)
            );
            if ((int)Clients.Read()[0] != Race.Clients)
            {
                throw new InvalidOperationException("Not every client is connected.");
            }
        }

        public Child Feed { get; }

        public Child Clients { get; }

        /// <summary>Sends so many messages a second, each with the moment it was written as its prices.</summary>
        public (long Updates, double Sum) Send(byte[] message, int[] places, double perSecond, int seconds)
        {
            long updates = 0;
            double sum = 0.0;
            long start = Stopwatch.GetTimestamp();
            long sent = 0;
            long all = (long)(perSecond * seconds);
            while (sent < all)
            {
                long due = Math.Min(all, (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond) + 1);
                for (; sent < due; sent++)
                {
                    long price = Messages.Base + ((Stopwatch.GetTimestamp() - _epoch) / 1_000);
                    foreach (int place in places)
                    {
                        price.TryFormat(message.AsSpan(place), out _, provider: CultureInfo.InvariantCulture);
                    }

                    SendAll(message);
                    updates += places.Length;
                    sum += (double)price * places.Length;
                }

                Thread.Sleep(1);
            }

            return (updates, sum);
        }

        /// <summary>All mids once a second, each quote twice, each candle once, spread evenly.</summary>
        public void SendSteadily(int seconds)
        {
            (byte[] mids, int[] places) = Messages.Mids(Messages.Symbols.Length);
            long start = Stopwatch.GetTimestamp();
            int midsSent = 0;
            int quotes = 0;
            int candles = 0;
            for (double now = 0; now < seconds; now = Stopwatch.GetElapsedTime(start).TotalSeconds)
            {
                long wall = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                if (midsSent <= now)
                {
                    midsSent++;
                    long price = Messages.Base + ((Stopwatch.GetTimestamp() - _epoch) / 1_000);
                    foreach (int place in places)
                    {
                        price.TryFormat(mids.AsSpan(place), out _, provider: CultureInfo.InvariantCulture);
                    }

                    SendAll(mids);
                }

                for (; quotes <= now * 400; quotes++)
                {
                    SendAll(Messages.Quote(Messages.Symbols[quotes % 200], wall, 100 + (quotes % 977)));
                }

                for (; candles <= now * 200; candles++)
                {
                    SendAll(Messages.Candle(Messages.Symbols[candles % 200], wall));
                }

                Thread.Sleep(1);
            }
        }

        /// <summary>Waits until what was sent has arrived: nobody hears more any longer.</summary>
        public void Settle()
        {
            double before = -1;
            for (int i = 0; i < 100; i++)
            {
                Thread.Sleep(200);
                double heard = Clients.Ask("usage")[4];
                if (heard.Equals(before))
                {
                    return;
                }

                before = heard;
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            Clients.Dispose();
            Feed.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private void SendAll(byte[] message)
        {
            for (int at = 0; at < message.Length; )
            {
                at += _socket.Send(message.AsSpan(at));
            }
        }

        /// <summary>Databases as a feed leaves them, up to now.</summary>
        private void Fill()
        {
            long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (string name in (string[])["1m", "3m", "5m", "15m", "30m", "1h"])
            {
                Interval interval = Interval.Parse(name);
                long last = now - (now % interval.Ms) - interval.Ms;
                using CandleRecorder recorder = CandleRecorder.Open(Path.Combine(_folder, $"candles_{name}.db"), interval, now);
                List<(Bar, long)> bars = [];
                for (long t = last - (Messages.Bars * interval.Ms); t <= last; t += interval.Ms)
                {
                    Kedge.Model.Venues.VenueCandle b = Messages.Bar(t, interval);
                    bars.Add((new Bar(t, b.Open, b.High, b.Low, b.Close, b.Volume), b.Trades));
                }

                foreach (string symbol in Messages.Symbols)
                {
                    recorder.Write(symbol, bars);
                }
            }
        }
    }
}
