using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What a session hears. The set is closed.</summary>
public abstract record SessionInput
{
    private SessionInput() { }

    /// <summary>Begins: metadata, then connection and catch-up.</summary>
    /// <param name="Cursor">How far history was delivered and kept; null for a session without an account.</param>
    /// <param name="NonceFloor">Nonces up to this may have been used by earlier lives of this signer; 0 for none.</param>
    public sealed record Started(AccountCursor? Cursor, long NonceFloor) : SessionInput;

    /// <summary>Somebody wants something.</summary>
    /// <param name="Command">What.</param>
    public sealed record Commanded(VenueCommand Command) : SessionInput;

    /// <summary>A request was answered.</summary>
    /// <param name="Request">Number of <see cref="SessionEffect.SendHttp"/>.</param>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">The body.</param>
    public sealed record HttpAnswered(long Request, int Status, ReadOnlyMemory<byte> Body) : SessionInput;

    /// <summary>A request has no answer and will have none.</summary>
    /// <param name="Request">Number of <see cref="SessionEffect.SendHttp"/>.</param>
    /// <param name="WasSent">False only when it is certain that nothing left this machine.</param>
    /// <param name="Reason">For people.</param>
    public sealed record HttpFailed(long Request, bool WasSent, string Reason) : SessionInput;

    /// <summary>The WebSocket is open.</summary>
    /// <param name="Connection">Number of <see cref="SessionEffect.OpenSocket"/>.</param>
    public sealed record SocketOpened(long Connection) : SessionInput;

    /// <summary>One whole text message arrived. The memory is the driver's and valid during the call.</summary>
    /// <param name="Connection">Number of <see cref="SessionEffect.OpenSocket"/>.</param>
    /// <param name="Text">UTF-8.</param>
    public sealed record SocketReceived(long Connection, ReadOnlyMemory<byte> Text) : SessionInput;

    /// <summary>The WebSocket ended, or never opened; not by <see cref="SessionEffect.CloseSocket"/>.</summary>
    /// <param name="Connection">Number of <see cref="SessionEffect.OpenSocket"/>.</param>
    /// <param name="Reason">For people.</param>
    public sealed record SocketClosed(long Connection, string Reason) : SessionInput;

    /// <summary>The block of nonces was written down: nonces up to it may be used.</summary>
    /// <param name="UpTo">As in <see cref="SessionEffect.SaveNonceBlock"/>.</param>
    public sealed record NonceBlockSaved(long UpTo) : SessionInput;

    /// <summary>A timer of <see cref="SessionEffect.SetTimer"/> fired.</summary>
    /// <param name="Id">The session's number for it.</param>
    public sealed record TimerFired(long Id) : SessionInput;
}
