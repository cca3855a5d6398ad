namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Takes what a feed serves. Called on the client's own thread, in order; must not block or throw. Ages are those of the moment of the call: whoever keeps
/// a value adds the monotonic time that has passed since. Symbols are the same string objects for the life of a client.
/// </summary>
public interface IFeedListener
{
    /// <summary>Connected. What is served from now on follows.</summary>
    void Up(in FeedHello hello);

    /// <summary>The connection was lost or never came; it is tried again. Nothing that is known may be taken as current for long.</summary>
    /// <param name="reason">For people.</param>
    void Down(string reason);

    /// <summary>A mid price was received by the feed, changed or not. Nothing is allocated.</summary>
    void Mid(string symbol, in FeedPrice price);

    /// <summary>A best bid and offer was received by the feed. Nothing is allocated.</summary>
    void Quote(string symbol, in FeedQuote quote);

    /// <summary>A closed candle: for the first time, revised or completed; or one that closed before the subscription.</summary>
    void Candle(in FeedCandle candle);

    /// <summary>An event of the account, for displays. Money events reach an engine through its own session alone.</summary>
    void Account(in FeedAccountEvent e);

    /// <summary>How the feed stands: at once after subscribing, when it changes, and every few seconds.</summary>
    void Health(in FeedHealth health);

    /// <summary>Values were left out for this client. The current ones follow.</summary>
    void Shed(in FeedShed shed);
}
