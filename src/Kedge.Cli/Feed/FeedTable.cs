using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kedge.Data.Feed.Serving;

namespace Kedge.Cli.Feed;

/// <summary>The newest of what a feed serves as a table that is drawn over and over.</summary>
internal sealed class FeedTable : IFeedListener
{
    private const string Home = "\u001b[H\u001b[J";
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private FeedHealth _health;
    private string _state = "connecting";
    private long _updates;
    private long _left;

    /// <summary>A feed has answered.</summary>
    public bool WasUp { get; private set; }

    /// <summary>Why the connection was lost last.</summary>
    public string Reason { get; private set; } = "not reached yet";

    /// <summary>Prices and bars so far.</summary>
    public long Updates => Interlocked.Read(ref _updates);

    public void Draw(TextWriter to)
    {
        StringBuilder text = new(Home);
        lock (_gate)
        {
            string venue =
                _health.Refusals is null ? ""
                : _health.IsVenueUp ? " · venue up"
                : $" · venue down: {_health.Reason}";
            text.AppendLine(
                Line($"{_state}{venue} · {_health.StaleStreams} streams silent · {_health.Clients} clients · {_left} left out")
            );
            text.AppendLine();
            text.AppendLine("symbol                mid   age ms   unchanged          bid          ask   age ms   last close");
            foreach ((string symbol, Row r) in _rows)
            {
                text.AppendLine(
                    Line(
                        $"{symbol, -12} {r.Price.Mid, 12:G10} {Age(r.PriceAt, r.Price.ReceivedAgeMs), 8} {Age(r.PriceAt, r.Price.ChangedAgeMs), 11} {r.Quote.Bid, 12:G10} {r.Quote.Ask, 12:G10} {Age(r.QuoteAt, r.Quote.ReceivedAgeMs), 8}   {r.Bar}"
                    )
                );
            }
        }

        to.Write(text);
        to.Flush();
    }

    public void Up(in FeedHello hello)
    {
        WasUp = true;
        Set($"{hello.Venue}, feed {hello.Instance:x16}");
    }

    public void Down(string reason)
    {
        Reason = reason;
        Set($"down: {reason}");
    }

    public void Mid(string symbol, in FeedPrice price)
    {
        lock (_gate)
        {
            Row row = RowOf(symbol);
            (row.Price, row.PriceAt) = (price, Stopwatch.GetTimestamp());
        }
    }

    public void Quote(string symbol, in FeedQuote quote)
    {
        lock (_gate)
        {
            Row row = RowOf(symbol);
            (row.Quote, row.QuoteAt) = (quote, Stopwatch.GetTimestamp());
        }
    }

    public void Candle(in FeedCandle candle)
    {
        lock (_gate)
        {
            Row row = RowOf(candle.Symbol);
            if (candle.Bar.OpenMs >= row.BarMs)
            {
                row.BarMs = candle.Bar.OpenMs;
                string moment = DateTimeOffset
                    .FromUnixTimeMilliseconds(candle.Bar.OpenMs)
                    .ToString("HH:mm", CultureInfo.InvariantCulture);
                string whole = candle.IsComplete ? "" : " incomplete";
                row.Bar = Line($"{candle.Interval} {moment} {candle.Bar.Close:G10} {candle.Kind}{whole}");
            }
        }
    }

    public void Account(in FeedAccountEvent e)
    {
        // Shown as lines only.
    }

    public void Health(in FeedHealth health)
    {
        lock (_gate)
        {
            _health = health;
        }
    }

    public void Shed(in FeedShed shed)
    {
        lock (_gate)
        {
            _left += shed.Count;
        }
    }

    private void Set(string state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }

    private Row RowOf(string symbol)
    {
        _updates++;
        if (!_rows.TryGetValue(symbol, out Row? row))
        {
            row = new Row();
            _rows.Add(symbol, row);
        }

        return row;
    }

    private static string Age(long at, long age) =>
        at == 0 ? "-" : ((long)Stopwatch.GetElapsedTime(at).TotalMilliseconds + age).ToString(CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public FeedPrice Price { get; set; }

        public long PriceAt { get; set; }

        public FeedQuote Quote { get; set; }

        public long QuoteAt { get; set; }

        public long BarMs { get; set; }

        public string Bar { get; set; } = "-";
    }
}
