using System.Diagnostics;
using Kedge.Data.Feed.Serving;

namespace Kedge.FeedRace;

/// <summary>The clients: each counts what it hears, adds it up, and takes the time since the source wrote the price.</summary>
internal static class ClientSide
{
    public static int Run(string path, int count, long epoch)
    {
        Counter[] counters = [.. Enumerable.Range(0, count).Select(_ => new Counter(epoch))];
        FeedClient[] clients =
        [
            .. counters.Select(
                (c, i) =>
                    FeedClient.Start(
                        new FeedClientOptions
                        {
                            SocketPath = path,
                            Channels = FeedChannels.Mids | FeedChannels.Quotes | FeedChannels.Candles | FeedChannels.Health,
                            Name = $"race {i}",
                        },
                        c
                    )
            ),
        ];
        SpinWait.SpinUntil(() => counters.All(c => c.IsReady), TimeSpan.FromSeconds(30));
        Console.WriteLine(counters.Count(c => c.IsReady));
        Child.Answer(what =>
        {
            if (what == "begin")
            {
                foreach (Counter counter in counters)
                {
                    counter.Begin();
                }

                return [0];
            }

            long[] times = new long[Counter.Buckets];
            foreach (Counter counter in counters)
            {
                counter.AddTo(times);
            }

            return
            [
                .. Child.Usage(),
                counters.Min(c => c.Count),
                counters.Max(c => c.Count),
                counters.Min(c => c.Sum),
                counters.Max(c => c.Sum),
                counters.Sum(c => c.Sheds),
                counters.Min(c => c.Quotes),
                Percentile(times, 0.5),
                Percentile(times, 0.99),
                Percentile(times, 0.999),
                counters.Max(c => c.Longest),
            ];
        });
        foreach (FeedClient client in clients)
        {
            client.Dispose();
        }

        return 0;
    }

    /// <summary>In microseconds.</summary>
    private static double Percentile(long[] times, double part)
    {
        long all = times.Sum();
        long seen = 0;
        for (int i = 0; i < times.Length; i++)
        {
            seen += times[i];
            if (seen >= all * part)
            {
                return i;
            }
        }

        return times.Length;
    }

    private sealed class Counter(long epoch) : IFeedListener
    {
        /// <summary>One a microsecond, up to a fifth of a second.</summary>
        public const int Buckets = 200_000;
        private readonly long[] _times = new long[Buckets];

        public bool IsReady { get; private set; }

        public long Count { get; private set; }

        public double Sum { get; private set; }

        public long Quotes { get; private set; }

        public long Sheds { get; private set; }

        public long Longest { get; private set; }

        public void Begin()
        {
            (Count, Sum, Quotes, Sheds, Longest) = (0, 0.0, 0, 0, 0);
            Array.Clear(_times);
        }

        public void AddTo(long[] times)
        {
            for (int i = 0; i < times.Length; i++)
            {
                times[i] += _times[i];
            }
        }

        public void Up(in FeedHello hello) { }

        public void Down(string reason) => Console.Error.WriteLine($"down: {reason}");

        public void Mid(string symbol, in FeedPrice price)
        {
            Count++;
            Sum += price.Mid;
            long micros = ((Stopwatch.GetTimestamp() - epoch) / 1_000) - ((long)price.Mid - Messages.Base);
            Longest = Math.Max(Longest, micros);
            _times[Math.Clamp(micros, 0, Buckets - 1)]++;
        }

        public void Quote(string symbol, in FeedQuote quote) => Quotes++;

        public void Candle(in FeedCandle candle) { }

        public void Account(in FeedAccountEvent e) { }

        public void Health(in FeedHealth health) => IsReady = true;

        public void Shed(in FeedShed shed) => Sheds++;
    }
}
