namespace Kedge.Exchange.Core;

/// <summary>How the orders of one placement belong together.</summary>
public enum OrderGrouping : byte
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>The first is the parent; up to two trigger orders follow it and wait until it is filled. One filling cancels the other.</summary>
    NormalTpsl,

    /// <summary>Trigger orders that follow the position: they fire for all of it and end when it is closed or turned.</summary>
    PositionTpsl,
}
