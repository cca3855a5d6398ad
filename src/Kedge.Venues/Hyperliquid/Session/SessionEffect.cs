using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What a session asks its driver for. The set is closed.</summary>
public abstract record SessionEffect
{
    private SessionEffect() { }

    /// <summary>Sends a POST request; ends as <see cref="SessionInput.HttpAnswered"/> or <see cref="SessionInput.HttpFailed"/>, once.</summary>
    /// <param name="Request">The session's number for it.</param>
    /// <param name="Path"><c>/info</c> or <c>/exchange</c>.</param>
    /// <param name="Body">JSON.</param>
    /// <param name="TimeoutMs">When the driver gives up.</param>
    public sealed record SendHttp(long Request, string Path, ReadOnlyMemory<byte> Body, int TimeoutMs) : SessionEffect;

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="Connection">The session's number for it, never used twice.</param>
    public sealed record OpenSocket(long Connection) : SessionEffect;

    /// <summary>Sends one text message.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Text">UTF-8.</param>
    public sealed record SendSocket(long Connection, ReadOnlyMemory<byte> Text) : SessionEffect;

    /// <summary>Ends a WebSocket at once; nothing more is heard of it.</summary>
    /// <param name="Connection">The connection.</param>
    public sealed record CloseSocket(long Connection) : SessionEffect;

    /// <summary>Asks for <see cref="SessionInput.TimerFired"/>; one of the same id that is already set is replaced.</summary>
    /// <param name="Id">The session's number for it.</param>
    /// <param name="DueMonotonicMs">When, on the monotonic clock.</param>
    public sealed record SetTimer(long Id, long DueMonotonicMs) : SessionEffect;

    /// <summary>Asks the host to write down that nonces up to a bound may be used; answered by <see cref="SessionInput.NonceBlockSaved"/>.</summary>
    /// <param name="UpTo">The bound, inclusive.</param>
    public sealed record SaveNonceBlock(long UpTo) : SessionEffect;

    /// <summary>Tells the listener.</summary>
    /// <param name="Event">What.</param>
    public sealed record Emit(VenueEvent Event) : SessionEffect;

    /// <summary>The decoder holds new prices: the driver hands them to the listener before the next input.</summary>
    /// <remarks>One object for the life of the session, so that prices allocate nothing.</remarks>
    public sealed record Prices : SessionEffect;
}
