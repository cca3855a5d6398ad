using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;

namespace Kedge.Cli.Feed;

/// <summary>Asks a running feed, on its socket, where the newest bar of each series came from.</summary>
internal sealed class FeedSourceReader : IFeedListener
{
    private readonly Dictionary<(string, string), (long OpenMs, BarSource Source)> _newest = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FeedSourceReader() { }

    /// <summary>Sources by symbol and interval; nothing when no feed of this user answers there in time.</summary>
    public static Dictionary<(string, string), string> Read(string socketPath, TimeSpan patience)
    {
        if (!File.Exists(socketPath))
        {
            return [];
        }

        FeedSourceReader reader = new();
        FeedClientOptions options = new()
        {
            SocketPath = socketPath,
            Channels = FeedChannels.Candles | FeedChannels.Health,
            RecentBars = 1,
            Name = "kedge feed status",
        };
        using (FeedClient.Start(options, reader))
        {
            reader._done.Task.Wait(patience);
        }

        return reader._newest.ToDictionary(p => p.Key, p => FeedSeriesJson.Word(p.Value.Source));
    }

    public void Up(in FeedHello hello) { }

    public void Down(string reason) => _done.TrySetResult();

    public void Mid(string symbol, in FeedPrice price) { }

    public void Quote(string symbol, in FeedQuote quote) { }

    public void Candle(in FeedCandle candle)
    {
        (string, string) key = (candle.Symbol, candle.Interval.Name);
        if (!_newest.TryGetValue(key, out (long OpenMs, BarSource) known) || candle.Bar.OpenMs >= known.OpenMs)
        {
            _newest[key] = (candle.Bar.OpenMs, candle.Source);
        }
    }

    public void Account(in FeedAccountEvent e) { }

    /// <summary>Comes after the bars that were asked for.</summary>
    public void Health(in FeedHealth health) => _done.TrySetResult();

    public void Shed(in FeedShed shed) { }
}
