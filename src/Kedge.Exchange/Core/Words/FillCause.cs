namespace Kedge.Exchange.Core;

/// <summary>Why a position changed.</summary>
public enum FillCause : byte
{
    /// <summary>An order met another.</summary>
    Order,

    /// <summary>A liquidation was sold to the book.</summary>
    Liquidation,

    /// <summary>The house took over a position that was lost.</summary>
    Backstop,

    /// <summary>Auto-deleveraging: closed against the house at the mark.</summary>
    Deleveraging,

    /// <summary>The instrument was taken off the exchange: settled against the house at the mark.</summary>
    Settlement,
}
