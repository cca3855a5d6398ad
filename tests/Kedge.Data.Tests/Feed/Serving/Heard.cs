using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Writes down what a client is told; may be read from another thread.</summary>
internal sealed class Heard : IFeedListener
{
    private readonly Lock _gate = new();
    private readonly List<object> _all = [];

    public Action<object>? OnEach { get; set; }

    public object[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    public (string Symbol, FeedPrice Price)[] Mids => [.. Of<(string, FeedPrice)>()];

    public (string Symbol, FeedQuote Quote)[] Quotes => [.. Of<(string, FeedQuote)>()];

    public FeedCandle[] Candles => [.. Of<FeedCandle>()];

    public void Up(in FeedHello hello) => Add(hello);

    public void Down(string reason) => Add(reason);

    public void Mid(string symbol, in FeedPrice price) => Add((symbol, price));

    public void Quote(string symbol, in FeedQuote quote) => Add((symbol, quote));

    public void Candle(in FeedCandle candle) => Add(candle);

    public void Account(in FeedAccountEvent e) => Add(e);

    public void Health(in FeedHealth health) => Add(health);

    public void Shed(in FeedShed shed) => Add(shed);

    public void Clear()
    {
        lock (_gate)
        {
            _all.Clear();
        }
    }

    private void Add(object what)
    {
        lock (_gate)
        {
            _all.Add(what);
        }

        OnEach?.Invoke(what);
    }
}
