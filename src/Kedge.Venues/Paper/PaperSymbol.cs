using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Venues.Paper;

/// <summary>What a paper venue knows of one symbol.</summary>
internal sealed class PaperSymbol(string name)
{
    /// <summary>Position and mark, as the kernel books them.</summary>
    public SymbolState State;

    /// <summary>Symbol.</summary>
    public string Name { get; } = name;

    /// <summary>Rules; null while it does not trade.</summary>
    public InstrumentSpec? Spec { get; private set; }

    /// <summary>Rules as the kernel uses them.</summary>
    public InstrumentTerms Terms { get; private set; }

    /// <summary>Leverage that was set; 0 for none.</summary>
    public int Leverage { get; set; }

    /// <summary>Margin mode that was set.</summary>
    public bool IsCross { get; set; } = true;

    /// <summary>Last bid.</summary>
    public double Bid { get; set; }

    /// <summary>Last offer.</summary>
    public double Ask { get; set; }

    /// <summary>When they came, monotonic milliseconds; null for never.</summary>
    public long? QuotedMs { get; set; }

    /// <summary>Last mid.</summary>
    public double Mid { get; set; }

    /// <summary>When it came; null for never.</summary>
    public long? MidMs { get; set; }

    /// <summary>Live orders, oldest first.</summary>
    public List<PaperOrder> Orders { get; } = [];

    /// <summary>Signed position on the lot grid; sums of doubles are not quite on it.</summary>
    public decimal Position =>
        State.Position.IsOpen
            ? (decimal)State.Position.Direction * Math.Round((decimal)State.Position.Size, Spec?.SizeDecimals ?? 12)
            : 0m;

    /// <summary>Price the position is valued at: the last one seen, else its entry.</summary>
    public double Mark => State.Mark > 0.0 ? State.Mark : State.Position.EntryPrice;

    /// <summary>Sets or takes away its rules.</summary>
    public void SetSpec(InstrumentSpec? spec)
    {
        Spec = spec;
        Terms = spec?.ToTerms() ?? default;
    }

    /// <summary>Leverage an order opens with.</summary>
    public int EffectiveLeverage(int standard)
    {
        int highest = Spec is { Tiers.Count: > 0 } spec ? (int)spec.Tiers[0].MaxLeverage : int.MaxValue;
        return Math.Max(1, Leverage > 0 ? Leverage : Math.Min(standard, highest));
    }
}
