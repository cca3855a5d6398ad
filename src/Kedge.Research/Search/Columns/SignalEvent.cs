using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>A raw signal of one symbol at one tick.</summary>
internal struct SignalEvent
{
    /// <summary>ADX threshold a position takes over.</summary>
    public double Threshold;

    /// <summary>Price the signal was made at.</summary>
    public double Price;

    /// <summary>Number of the tick.</summary>
    public int Tick;

    /// <summary>Rank of the symbol.</summary>
    public short Symbol;

    /// <summary>Confidence tier, two bits; side, two bits; mode, two bits.</summary>
    public short Packed;

    /// <summary>Confidence tier.</summary>
    public readonly Confidence Confidence => (Confidence)(Packed & 3);

    /// <summary>The signal.</summary>
    public readonly void Read(out Signal signal)
    {
        signal = default;
        signal.EntryAdxThreshold = Threshold;
        signal.Confidence = Confidence;
        signal.Side = (Side)(((Packed >> 2) & 3) - 1);
        signal.Mode = (Packed >> 4) & 3;
    }

    /// <summary>A signal at a tick.</summary>
    public static SignalEvent Of(int tick, int symbol, in Signal signal, double price)
    {
        SignalEvent made = default;
        made.Tick = tick;
        made.Symbol = (short)symbol;
        made.Threshold = signal.EntryAdxThreshold;
        made.Price = price;
        made.Packed = (short)((int)signal.Confidence | (((int)signal.Side + 1) << 2) | (signal.Mode << 4));
        return made;
    }
}
