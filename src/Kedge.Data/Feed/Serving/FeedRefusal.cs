namespace Kedge.Data.Feed.Serving;

/// <summary>Why the server refuses something. The numbers go over the wire and are never used again for another reason.</summary>
public enum FeedRefusal
{
    /// <summary>A message is longer than a request may be, or shorter than its header. The connection ends.</summary>
    BadLength = 1,

    /// <summary>The first message is no greeting of this protocol. The connection ends.</summary>
    BadGreeting = 2,

    /// <summary>The server does not speak this version. The connection ends.</summary>
    BadVersion = 3,

    /// <summary>No greeting came in time. The connection ends.</summary>
    GreetingTimeout = 4,

    /// <summary>A message was begun and not finished in time. The connection ends.</summary>
    HalfMessage = 5,

    /// <summary>Nothing was asked and nothing subscribed for too long. The connection ends.</summary>
    Idle = 6,

    /// <summary>There is no such kind of request.</summary>
    UnknownRequest = 7,

    /// <summary>A request does not have the form it should have.</summary>
    BadRequest = 8,

    /// <summary>More symbols are named than a client may name, or a name is too long.</summary>
    TooManySymbols = 9,

    /// <summary>Too many requests are unanswered.</summary>
    TooManyRequests = 10,

    /// <summary>Too many clients are connected. The connection ends.</summary>
    TooManyClients = 11,

    /// <summary>The client runs as another user. The connection ends.</summary>
    OtherUser = 12,

    /// <summary>Nothing was read for too long, though something was to be read. The connection ends.</summary>
    Stalled = 13,

    /// <summary>Values had to be left out for the client again and again. The connection ends.</summary>
    TooSlow = 14,

    /// <summary>Too many answers wait to be read. The connection ends.</summary>
    TooManyAnswers = 15,

    /// <summary>Too much was refused. The connection ends.</summary>
    TooManyRefusals = 16,

    /// <summary>The server stops. The connection ends.</summary>
    Stopping = 17,
}
