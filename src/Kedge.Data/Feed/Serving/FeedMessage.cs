namespace Kedge.Data.Feed.Serving;

/// <summary>Kinds of messages; requests below 0x80.</summary>
internal enum FeedMessage : byte
{
    None = 0x00,
    Hello = 0x01,
    Subscribe = 0x02,
    Unsubscribe = 0x03,
    Snapshot = 0x04,
    Poll = 0x05,
    AskHealth = 0x06,
    Bye = 0x07,
    Welcome = 0x81,
    Refused = 0x82,
    Answer = 0x83,
    Symbols = 0x84,
    Mids = 0x90,
    Quotes = 0x91,
    Candles = 0x92,
    Account = 0x93,
    Health = 0x94,
    Shed = 0x95,
    Beat = 0x96,
}
