using System.Globalization;
using Kedge.Kernel;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>A decision to trade and what came of it, of either side.</summary>
internal sealed record ParityTrade
{
    public required int Symbol { get; init; }

    public required OrderAction Action { get; init; }

    /// <summary>The tick it was decided at, or the moment between ticks, epoch ms.</summary>
    public required long DecidedMs { get; init; }

    /// <summary>Base units wanted.</summary>
    public required double Wanted { get; init; }

    /// <summary>Base units filled.</summary>
    public double Filled { get; set; }

    /// <summary>Average price of what was filled.</summary>
    public double Price { get; set; }

    public double Fee { get; set; }

    public double Pnl { get; set; }

    public bool IsBuy { get; init; }

    public string Reason { get; init; } = "";

    public bool IsOperators { get; init; }

    /// <summary>It was decided between ticks.</summary>
    public bool IsBetween { get; init; }

    /// <summary>What the venue said, when it was not filled.</summary>
    public string Evidence { get; set; } = "";

    public static ParityTrade Of(in Booking b, string reason) =>
        new()
        {
            Symbol = b.Symbol,
            Action = b.Action,
            DecidedMs = b.TimeMs,
            Wanted = b.Size,
            Filled = b.Size,
            Price = b.Price,
            Fee = b.Fee,
            Pnl = b.Pnl,
            IsBuy = (b.Side == Side.Long) == (b.Action is OrderAction.Open or OrderAction.Add),
            Reason = reason,
            IsOperators = b.Reason == ReasonCode.OperatorOrder,
        };

    /// <summary>The line of a trade for people.</summary>
    public string Text()
    {
        string how =
            Filled == 0.0
                ? $"not filled{(Evidence.Length == 0 ? "" : $" ({Evidence})")}"
                : string.Create(CultureInfo.InvariantCulture, $"{Filled:R} at {Price:R}, fee {Fee:R}, P&L {Pnl:R}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Action} {(IsBuy ? "buy" : "sell")} {Wanted:R} decided {InputText.Time(DecidedMs)}: {how} ({Reason})"
        );
    }
}
