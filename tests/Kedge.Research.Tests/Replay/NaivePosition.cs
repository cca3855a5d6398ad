using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Tests.Replay;

/// <summary>A position of the naive loop.</summary>
internal sealed class NaivePosition
{
    public required string Symbol { get; init; }

    public required Side Side { get; init; }

    public required Confidence Confidence { get; init; }

    public required long Id { get; init; }

    public required long OpenedAtMs { get; init; }

    public required double FirstEntryPrice { get; init; }

    public required double EntryAtr { get; init; }

    public required double EntryAdxThreshold { get; init; }

    public required double Leverage { get; init; }

    public double Size { get; set; }

    public double EntryPrice { get; set; }

    public double Margin { get; set; }

    public double EntryFees { get; set; }

    public double Best { get; set; }

    public double Worst { get; set; }

    public double? TrailingStop { get; set; }

    /// <summary>Stop that lies in the market during the next bar; only with intrabar exits.</summary>
    public double? RestingStop { get; set; }

    public long LastAddMs { get; set; }

    public int Adds { get; set; }

    public bool PartialTaken { get; set; }

    public bool BreakevenReached { get; set; }

    public bool IsLong => Side == Side.Long;

    public double Direction => IsLong ? 1.0 : -1.0;

    public double Unrealised(double price) => Direction * (price - EntryPrice) * Size;

    /// <summary>The same position in the words of the kernel, for its single exit stages.</summary>
    public Position ForKernel()
    {
        Position p = default;
        p.Side = Side;
        p.Confidence = Confidence;
        p.Id = Id;
        p.OpenedAtMs = OpenedAtMs;
        p.FirstEntryPrice = FirstEntryPrice;
        p.EntryAtr = EntryAtr;
        p.EntryAdxThreshold = EntryAdxThreshold;
        p.Leverage = Leverage;
        p.Size = Size;
        p.EntryPrice = EntryPrice;
        p.Margin = Margin;
        p.HasTrailingStop = TrailingStop is not null;
        p.TrailingStop = TrailingStop ?? 0.0;
        p.Adds = Adds;
        p.PartialTaken = PartialTaken;
        p.BreakevenReached = BreakevenReached;
        return p;
    }
}
