using System.Text.Json;
using System.Threading.Channels;
using Kedge.Data.Feed.Serving;

namespace Kedge.Cli.Feed;

/// <summary>What a feed serves as lines of JSON. Lines that cannot be written in time are left out, oldest first, and counted.</summary>
internal sealed class FeedLines : IFeedListener, IDisposable
{
    private const int MaxWaiting = 65_536;
    private readonly Channel<Action<Utf8JsonWriter>> _waiting;
    private readonly Stream _output;
    private readonly MemoryStream _line = new();
    private long _leftOut;
    private int _written;

    public FeedLines(Stream output)
    {
        _output = output;
        _waiting = Channel.CreateBounded<Action<Utf8JsonWriter>>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _leftOut)
        );
    }

    /// <summary>A feed has answered.</summary>
    public bool WasUp { get; private set; }

    /// <summary>Why the connection was lost last.</summary>
    public string Reason { get; private set; } = "not reached yet";

    public void Dispose() => _line.Dispose();

    /// <summary>Writes what waits; false when enough is written or nobody reads.</summary>
    public bool Write(int? count)
    {
        try
        {
            while (!(_written >= count) && _waiting.Reader.TryRead(out Action<Utf8JsonWriter>? write))
            {
                _line.SetLength(0);
                using (Utf8JsonWriter json = new(_line))
                {
                    json.WriteStartObject();
                    write(json);
                    if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and long leftOut)
                    {
                        json.WriteNumber("lines_left_out", leftOut);
                    }

                    json.WriteEndObject();
                }

                _line.WriteByte((byte)'\n');
                _line.WriteTo(_output);
                _written++;
            }

            _output.Flush();
            return !(_written >= count);
        }
        catch (IOException)
        {
            // The reader of the pipe has gone, which is its way to say that it has enough.
            return false;
        }
    }

    public void Up(in FeedHello hello)
    {
        WasUp = true;
        FeedHello h = hello;
        Add(j =>
        {
            j.WriteString("type", "up");
            j.WriteString("instance", $"{h.Instance:x16}");
            j.WriteString("venue", h.Venue);
            j.WriteNumber("started_ms", h.StartedMs);
        });
    }

    public void Down(string reason)
    {
        Reason = reason;
        Add(j =>
        {
            j.WriteString("type", "down");
            j.WriteString("reason", reason);
        });
    }

    public void Mid(string symbol, in FeedPrice price)
    {
        FeedPrice p = price;
        Add(j =>
        {
            j.WriteString("type", "mid");
            j.WriteString("symbol", symbol);
            j.WriteNumber("mid", p.Mid);
            j.WriteNumber("received_age_ms", p.ReceivedAgeMs);
            j.WriteNumber("changed_age_ms", p.ChangedAgeMs);
            j.WriteNumber("sequence", p.Sequence);
        });
    }

    public void Quote(string symbol, in FeedQuote quote)
    {
        FeedQuote q = quote;
        Add(j =>
        {
            j.WriteString("type", "quote");
            j.WriteString("symbol", symbol);
            j.WriteNumber("bid", q.Bid);
            j.WriteNumber("ask", q.Ask);
            j.WriteNumber("venue_ms", q.VenueMs);
            j.WriteNumber("received_age_ms", q.ReceivedAgeMs);
            j.WriteNumber("changed_age_ms", q.ChangedAgeMs);
            j.WriteNumber("sequence", q.Sequence);
        });
    }

    public void Candle(in FeedCandle candle)
    {
        FeedCandle c = candle;
        Add(j =>
        {
            j.WriteString("type", "candle");
            j.WriteString("symbol", c.Symbol);
            j.WriteString("interval", c.Interval.Name);
            j.WriteNumber("open_ms", c.Bar.OpenMs);
            j.WriteNumber("open", c.Bar.Open);
            j.WriteNumber("high", c.Bar.High);
            j.WriteNumber("low", c.Bar.Low);
            j.WriteNumber("close", c.Bar.Close);
            j.WriteNumber("volume", c.Bar.Volume);
            j.WriteNumber("trades", c.Bar.Trades);
            j.WriteBoolean("closed", true);
            j.WriteBoolean("complete", c.IsComplete);
            j.WriteString("kind", c.Kind.ToString());
            j.WriteString("source", c.Source.ToString());
            j.WriteNumber("age_ms", c.AgeMs);
            j.WriteNumber("sequence", c.Sequence);
            j.WriteBoolean("snapshot", c.IsSnapshot);
        });
    }

    public void Account(in FeedAccountEvent e)
    {
        FeedAccountEvent a = e;
        Add(j =>
        {
            j.WriteString("type", "account");
            j.WriteString("kind", a.Kind.ToString());
            j.WriteString("symbol", a.Symbol);
            j.WriteString("side", a.IsBuy ? "buy" : "sell");
            j.WriteNumber("price", a.Price);
            j.WriteNumber("size", a.Size);
            j.WriteNumber("amount_usd", a.AmountUsd);
            j.WriteNumber("fee_usd", a.FeeUsd);
            j.WriteString("status", a.Status);
            j.WriteNumber("venue_ms", a.VenueMs);
            j.WriteNumber("age_ms", a.AgeMs);
            j.WriteNumber("sequence", a.Sequence);
        });
    }

    public void Health(in FeedHealth health)
    {
        FeedHealth h = health;
        Add(j =>
        {
            j.WriteString("type", "health");
            j.WriteBoolean("venue_up", h.IsVenueUp);
            j.WriteNumber("since_ms", h.SinceMs);
            j.WriteString("reason", h.Reason);
            j.WriteNumber("clients", h.Clients);
            j.WriteNumber("symbols", h.Symbols);
            j.WriteNumber("stale_streams", h.StaleStreams);
            j.WriteNumber("left_out", h.LeftOut);
            j.WriteNumber("sheds", h.Sheds);
            j.WriteNumber("refused", h.Refused);
            foreach (FeedRefusalCount refusal in h.Refusals)
            {
                j.WriteNumber($"refused_{refusal.Reason}", refusal.Count);
            }
        });
    }

    public void Shed(in FeedShed shed)
    {
        FeedShed s = shed;
        Add(j =>
        {
            j.WriteString("type", "shed");
            j.WriteString("channel", s.Channel.ToString());
            j.WriteString("reason", s.Reason.ToString());
            j.WriteNumber("count", s.Count);
        });
    }

    private void Add(Action<Utf8JsonWriter> line) => _waiting.Writer.TryWrite(line);
}
