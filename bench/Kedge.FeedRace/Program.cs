using System.Globalization;
using Kedge.FeedRace;

// dotnet run -c Release --project bench/Kedge.FeedRace [all|rate|latency|steady] [seconds, 10] [updates a second, 300,000]
// A source plays the venue over a TCP connection; the feed in a process of its own decodes, stores and serves; eight clients in a third hear it.
switch (args)
{
    case ["feed", string folder]:
        return FeedSide.Run(folder);
    case ["clients", string path, string count, string epoch]:
        return ClientSide.Run(
            path,
            int.Parse(count, CultureInfo.InvariantCulture),
            long.Parse(epoch, CultureInfo.InvariantCulture)
        );
    default:
        string what = args.ElementAtOrDefault(0) ?? "all";
        int seconds = int.Parse(args.ElementAtOrDefault(1) ?? "10", CultureInfo.InvariantCulture);
        int rate = int.Parse(args.ElementAtOrDefault(2) ?? "300000", CultureInfo.InvariantCulture);
        Console.WriteLine($"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Trim()}");
        bool isGood = true;
        if (what is "all" or "rate")
        {
            isGood &= Race.Mids("rate", rate, symbols: 200, seconds);
        }

        if (what is "all" or "latency")
        {
            isGood &= Race.Mids("latency", 10_000, symbols: 20, seconds);
        }

        if (what is "all" or "steady")
        {
            isGood &= Race.Steady(Math.Max(seconds, 30));
        }

        return isGood ? 0 : 1;
}
