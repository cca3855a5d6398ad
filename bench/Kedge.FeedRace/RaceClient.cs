using System.Diagnostics;
using Kedge.Data.Feed.Serving;

namespace Kedge.FeedRace;

/// <summary>Counts every mid it hears, adds them up, and notes how long each message took where it is told when it was sent.</summary>
internal sealed class RaceClient : IFeedListener
{
    private long _count;
    private double _sum;

    public long Count => Volatile.Read(ref _count);

    public double Sum => _sum;

    public bool IsUp { get; private set; }

    public long Shed { get; private set; }

    /// <summary>When messages were sent, by their number, which is the whole part of their prices; null while nobody asks.</summary>
    public long[]? SentAt { get; set; }

    public List<double> LatenciesMs { get; } = new(1 << 20);

    public void Up(in FeedHello hello) => IsUp = true;

    public void Down(string reason) => IsUp = false;

    public void Mid(string symbol, in FeedPrice price)
    {
        _sum += price.Mid;
        if (SentAt is { } sent && (int)price.Mid is var number && number < sent.Length && sent[number] != 0)
        {
            LatenciesMs.Add(Stopwatch.GetElapsedTime(sent[number]).TotalMilliseconds);
        }

        Volatile.Write(ref _count, _count + 1);
    }

    public void Quote(string symbol, in FeedQuote quote) { }

    public void Candle(in FeedCandle candle) { }

    public void Account(in FeedAccountEvent e) { }

    public void Health(in FeedHealth health) { }

    void IFeedListener.Shed(in FeedShed shed) => Shed += shed.Count;
}
