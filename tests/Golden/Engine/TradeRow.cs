using Kedge.Kernel;

namespace Kedge.Golden.Engine;

/// <summary>One line of the trade log.</summary>
public sealed record TradeRow
{
    public required long TimeMs { get; init; }
    public required int Symbol { get; init; }
    public required OrderAction Action { get; init; }
    public required Side Side { get; init; }
    public required ReasonCode Code { get; init; }
    public required string Reason { get; init; }
    public required Confidence Confidence { get; init; }

    /// <summary>Fill price; the mark for funding.</summary>
    public required double Price { get; init; }

    public required double Size { get; init; }
    public required double Notional { get; init; }

    /// <summary>Profit before fees; 0 for opens and adds.</summary>
    public required double Pnl { get; init; }

    public required double Fee { get; init; }
    public required double Balance { get; init; }
    public required double Leverage { get; init; }
    public required double Margin { get; init; }

    /// <summary>Whether the row closes a position or a part of it.</summary>
    public bool IsExit => Action is OrderAction.Close or OrderAction.Reduce;

    /// <summary>Whether the row opens a position or adds to it.</summary>
    public bool IsEntry => Action is OrderAction.Open or OrderAction.Add;

    /// <summary>The action as the earlier system spelled it, e.g. <c>OPEN_LONG</c>.</summary>
    public string ActionText =>
        Action == OrderAction.Funding
            ? "FUNDING"
            : $"{Action.ToString().ToUpperInvariant()}_{(Side == Side.Long ? "LONG" : "SHORT")}";
}
