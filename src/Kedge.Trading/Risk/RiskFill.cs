namespace Kedge.Trading.Risk;

/// <summary>A fill, with the quote at the moment its order was submitted.</summary>
public readonly record struct RiskFill
{
    /// <summary>Ordinal rank of the symbol.</summary>
    public required int Symbol { get; init; }

    /// <summary>Whether it bought.</summary>
    public required bool IsBuy { get; init; }

    /// <summary>Fill price.</summary>
    public required double Price { get; init; }

    /// <summary>Best bid at submit; 0 = not known.</summary>
    public double Bid { get; init; }

    /// <summary>Best ask at submit; 0 = not known.</summary>
    public double Ask { get; init; }

    /// <summary>Mid price at submit, for when the side's quote is not known; 0 = not known.</summary>
    public double Mid { get; init; }

    /// <summary>It was read again after a restart: it has been counted before.</summary>
    public bool IsReplayed { get; init; }
}
