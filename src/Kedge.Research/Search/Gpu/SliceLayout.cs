using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Search.Gpu;

/// <summary>Where everything of a slice of runs lies in a lane's block, as offsets in bytes: first what is copied to the card, then what is made zero, then the rest.</summary>
internal readonly unsafe record struct SliceLayout
{
    /// <summary>A layout.</summary>
    /// <param name="runs">Runs.</param>
    /// <param name="banked">Of these, runs that compute their indicators themselves.</param>
    /// <param name="sets">Sets of shared snapshots.</param>
    /// <param name="room">Bookings there is room for in each run.</param>
    /// <param name="shape">The search.</param>
    public SliceLayout(long runs, long banked, long sets, long room, SliceShape shape)
    {
        long at = 0;
        // Parameters are first: they are written before it is known how many runs fit.
        Parameters = Take(ref at, runs * shape.ParametersOfRun * sizeof(Parameters));
        Runs = Take(ref at, runs * sizeof(FusedRun));
        Places = Take(ref at, sets * shape.Symbols * sizeof(ulong));
        Columns = Take(ref at, sets * shape.Symbols * sizeof(FusedColumn));
        ImageBytes = at;
        States = Take(ref at, runs * shape.Symbols * sizeof(SymbolState));
        Views = Take(ref at, runs * shape.Symbols * sizeof(Snapshot));
        Series = Take(ref at, runs * shape.Symbols * sizeof(FusedSeries));
        Scratch = Take(ref at, runs * shape.Symbols * sizeof(Candidate));
        Banks = Take(ref at, (banked + sets) * shape.Symbols * sizeof(IndicatorBank));
        ClearedEnd = at;
        Daily = Take(ref at, runs * shape.DailyOfRun * sizeof(double));
        Bookings = Take(ref at, runs * room * sizeof(Booking));
        Snapshots = Take(ref at, sets * shape.Bars * sizeof(Snapshot));
        Bytes = at;
    }

    /// <summary>Parameters of each run, by group, then those of the portfolio.</summary>
    public long Parameters { get; }

    /// <summary>The runs.</summary>
    public long Runs { get; }

    /// <summary>Where the snapshots of each symbol are, by set.</summary>
    public long Places { get; }

    /// <summary>Columns of snapshots to compute.</summary>
    public long Columns { get; }

    /// <summary>End of what is copied to the card, and start of what is made zero.</summary>
    public long ImageBytes { get; }

    /// <summary>Positions and memory of symbols.</summary>
    public long States { get; }

    /// <summary>Snapshots in use.</summary>
    public long Views { get; }

    /// <summary>How far the series are.</summary>
    public long Series { get; }

    /// <summary>Scratch of the entry phase.</summary>
    public long Scratch { get; }

    /// <summary>Indicators: of runs that compute theirs, then of the sets.</summary>
    public long Banks { get; }

    /// <summary>End of what is made zero.</summary>
    public long ClearedEnd { get; }

    /// <summary>Daily values of each run: of its equity, then of its balance.</summary>
    public long Daily { get; }

    /// <summary>Bookings of each run.</summary>
    public long Bookings { get; }

    /// <summary>Shared snapshots.</summary>
    public long Snapshots { get; }

    /// <summary>All of it.</summary>
    public long Bytes { get; }

    private static long Take(ref long at, long bytes)
    {
        long start = at;
        at += bytes == 0 ? 0 : GpuMarket.Round(bytes);
        return start;
    }
}
