namespace Kedge.Data.Feed.Numbers;

/// <summary>Counts how long things take. Written by one thread, read by any.</summary>
internal sealed class LatencyMeter
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    public void Took(TimeSpan time)
    {
        int i = 0;
        while (i < Bounds.Length && time.TotalSeconds > Bounds[i])
        {
            i++;
        }

        Interlocked.Increment(ref _counts[i]);
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    public LatencyNumbers Read()
    {
        long[] counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Read(ref _counts[i]);
        }

        return new LatencyNumbers(Bounds, counts, TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds);
    }
}
