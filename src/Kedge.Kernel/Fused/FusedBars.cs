namespace Kedge.Kernel.Fused;

/// <summary>The bars of one symbol in one series as columns in memory, ascending by open time. No bars: count 0.</summary>
public unsafe struct FusedBars
{
    /// <summary>Open times, epoch ms.</summary>
    public long* OpenTimeMs;

    /// <summary>Opens.</summary>
    public double* Open;

    /// <summary>Highs.</summary>
    public double* High;

    /// <summary>Lows.</summary>
    public double* Low;

    /// <summary>Closes.</summary>
    public double* Close;

    /// <summary>Volumes, base asset.</summary>
    public double* Volume;

    /// <summary>Length of a bar, ms.</summary>
    public long IntervalMs;

    /// <summary>Number of bars.</summary>
    public long Count;

    /// <summary>One bar. The index is not checked.</summary>
    public readonly void Read(long index, out Bar bar)
    {
        bar.OpenTimeMs = OpenTimeMs[index];
        bar.Open = Open[index];
        bar.High = High[index];
        bar.Low = Low[index];
        bar.Close = Close[index];
        bar.Volume = Volume[index];
    }

    /// <summary>Close time of a bar; <see cref="long.MaxValue"/> past the last.</summary>
    public readonly long CloseMs(long index) => index < Count ? OpenTimeMs[index] + IntervalMs : long.MaxValue;
}
