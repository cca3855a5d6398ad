namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Where a session stands.</summary>
public enum SessionState
{
    /// <summary>Before <see cref="SessionInput.Started"/>.</summary>
    Idle,

    /// <summary>Waits before it connects again.</summary>
    Waiting,

    /// <summary>The socket is being opened.</summary>
    Connecting,

    /// <summary>The socket is open; subscriptions are awaited and history is caught up.</summary>
    CatchingUp,

    /// <summary>Everything known is what is.</summary>
    Up,
}
