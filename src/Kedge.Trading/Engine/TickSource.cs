namespace Kedge.Trading.Engine;

/// <summary>What opens a tick.</summary>
public enum TickSource
{
    /// <summary>The engine itself: when the bars of all watched symbols have come, or a grace has passed.</summary>
    Bars,

    /// <summary>Only <see cref="EngineEvent.TickClosed"/>: a candle driver knows when everything of a moment has been told.</summary>
    Told,
}
