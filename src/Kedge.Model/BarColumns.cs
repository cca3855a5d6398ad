using Kedge.Kernel;

namespace Kedge.Model;

/// <summary>
/// The bars of one symbol as six columns of equal length, ascending by open time without duplicates. The memory belongs to the
/// <see cref="ICandleSet"/> it came from and must not be used after that is disposed.
/// </summary>
public readonly unsafe struct BarColumns
{
    /// <summary>Open times, epoch ms.</summary>
    public readonly long* OpenTimeMs;

    /// <summary>Opens.</summary>
    public readonly double* Open;

    /// <summary>Highs.</summary>
    public readonly double* High;

    /// <summary>Lows.</summary>
    public readonly double* Low;

    /// <summary>Closes.</summary>
    public readonly double* Close;

    /// <summary>Volumes, base asset.</summary>
    public readonly double* Volume;

    /// <summary>Number of bars.</summary>
    public readonly int Count;

    /// <summary>Points at six columns.</summary>
    public BarColumns(long* openTimeMs, double* open, double* high, double* low, double* close, double* volume, int count)
    {
        OpenTimeMs = openTimeMs;
        Open = open;
        High = high;
        Low = low;
        Close = close;
        Volume = volume;
        Count = count;
    }

    /// <summary>One bar. The index is not checked.</summary>
    public Bar this[int index] => new(OpenTimeMs[index], Open[index], High[index], Low[index], Close[index], Volume[index]);

    /// <summary>Open times as a span.</summary>
    public ReadOnlySpan<long> Times => new(OpenTimeMs, Count);

    /// <summary>Closes as a span.</summary>
    public ReadOnlySpan<double> Closes => new(Close, Count);
}
