using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Reports;

/// <summary>One exit of a position: a partial or a full close.</summary>
public sealed record Trade
{
    /// <summary>Number of the position within the run, from 1.</summary>
    public required long PositionId { get; init; }

    /// <summary>Number of this exit within the position, from 1.</summary>
    public required int ExitNumber { get; init; }

    /// <summary>Ordinal rank of the symbol.</summary>
    public required int SymbolIndex { get; init; }

    /// <summary>Symbol as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Side of the position.</summary>
    public required Side Side { get; init; }

    /// <summary>Confidence tier of the position.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>When the position was opened, epoch ms.</summary>
    public required long EntryMs { get; init; }

    /// <summary>When this exit was made, epoch ms.</summary>
    public required long ExitMs { get; init; }

    /// <summary>Fill price of the first entry.</summary>
    public required double EntryPrice { get; init; }

    /// <summary>Average entry price over the entry and its adds.</summary>
    public required double AverageEntryPrice { get; init; }

    /// <summary>Fill price of the exit.</summary>
    public required double ExitPrice { get; init; }

    /// <summary>Size closed, base asset.</summary>
    public required double Size { get; init; }

    /// <summary>Size × exit price, quote currency.</summary>
    public required double Notional { get; init; }

    /// <summary>Leverage of the position.</summary>
    public required double Leverage { get; init; }

    /// <summary>Profit before fees and funding, quote currency.</summary>
    public required double PnlGross { get; init; }

    /// <summary>Fee of this exit.</summary>
    public required double ExitFee { get; init; }

    /// <summary>Part of the entry fees that belongs to what was closed.</summary>
    public required double EntryFee { get; init; }

    /// <summary>Funding the position received (positive) or paid since its entry or its exit before. Not part of <see cref="Pnl"/>.</summary>
    public required double Funding { get; init; }

    /// <summary>Worst move against the position since its entry, a fraction of the first entry price, ≤ 0.</summary>
    public required double Mae { get; init; }

    /// <summary>Best move for the position since its entry, a fraction of the first entry price, ≥ 0.</summary>
    public required double Mfe { get; init; }

    /// <summary>Why it was closed.</summary>
    public required ReasonCode Reason { get; init; }

    /// <summary>Why, as text.</summary>
    public required string ReasonText { get; init; }

    /// <summary>Net profit: gross − exit fee − entry fee. A trade wins when this is above 0.</summary>
    public double Pnl => PnlGross - ExitFee - EntryFee;

    /// <summary>Gross profit as a fraction of the notional at the average entry price, before leverage.</summary>
    public double ReturnGross => AverageEntryPrice * Size > 1e-12 ? PnlGross / (AverageEntryPrice * Size) : 0.0;

    /// <summary>Net profit as a fraction of the notional at the average entry price, before leverage.</summary>
    public double Return => AverageEntryPrice * Size > 1e-12 ? Pnl / (AverageEntryPrice * Size) : 0.0;
}
