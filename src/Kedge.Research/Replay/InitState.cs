using Kedge.Kernel;

namespace Kedge.Research.Replay;

/// <summary>One position a run starts with.</summary>
public sealed record InitPosition
{
    /// <summary>Symbol as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Long or short.</summary>
    public required Side Side { get; init; }

    /// <summary>Size, base asset, &gt; 0.</summary>
    public required double Size { get; init; }

    /// <summary>Average entry price, &gt; 0.</summary>
    public required double EntryPrice { get; init; }

    /// <summary>ATR at entry; 0 lets the rules use 0.5 % of the entry price.</summary>
    public required double EntryAtr { get; init; }

    /// <summary>Trailing stop, or null for none.</summary>
    public double? TrailingStop { get; init; }

    /// <summary>Confidence tier.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Actual leverage, &gt; 0.</summary>
    public required double Leverage { get; init; }

    /// <summary>Margin held, quote currency.</summary>
    public required double Margin { get; init; }

    /// <summary>Adds made.</summary>
    public int Adds { get; init; }

    /// <summary>Whether the partial take-profit was taken.</summary>
    public bool PartialTaken { get; init; }

    /// <summary>When it was opened, epoch ms; 0 when unknown.</summary>
    public long OpenedAtMs { get; init; }

    /// <summary>Last add, epoch ms; 0 when unknown.</summary>
    public long LastAddMs { get; init; }

    /// <summary>Entry-ADX threshold; 0 when unknown.</summary>
    public double EntryAdxThreshold { get; init; }
}

/// <summary>What a run starts with instead of a flat account.</summary>
public sealed record InitState
{
    /// <summary>Wallet, quote currency, ≥ 0.</summary>
    public required double Balance { get; init; }

    /// <summary>Open positions; at most one a symbol.</summary>
    public IReadOnlyList<InitPosition> Positions { get; init; } = [];

    /// <summary>Last entry by symbol, epoch ms.</summary>
    public IReadOnlyDictionary<string, long> LastEntryMs { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Last exit by symbol, epoch ms.</summary>
    public IReadOnlyDictionary<string, long> LastExitMs { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
