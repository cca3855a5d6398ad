using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Indicators;

namespace Kedge.Research.Search.Gpu;

/// <summary>What the runs of a search have in common, as far as it decides how much room they take.</summary>
/// <param name="Symbols">Symbols.</param>
/// <param name="Groups">Groups of symbols with the same parameters.</param>
/// <param name="Bars">Main bars of all symbols.</param>
/// <param name="Days">Days of the window.</param>
internal sealed record SliceShape(long Symbols, long Groups, long Bars, long Days)
{
    /// <summary>Parameters of one run: of each group, and of the portfolio.</summary>
    public long ParametersOfRun => Groups + 1;

    /// <summary>Daily values of one run: of its equity and of its balance.</summary>
    public long DailyOfRun => 2 * Math.Max(Days, 1);

    /// <summary>Bytes that one run takes on the card.</summary>
    /// <param name="room">Bookings there is room for.</param>
    public long BytesOfRun(long room) => new SliceLayout(1, 1, 0, room, this).Bytes;

    /// <summary>Bytes that one set of shared snapshots takes on the card.</summary>
    public long BytesOfSet() => new SliceLayout(0, 0, 1, 0, this).Bytes;

    /// <summary>Runs that must share a set before it is made: what is computed once may take up to four times the room its runs would need for indicators of their own.</summary>
    public unsafe long LeastSharers() => Math.Max(2, BytesOfSet() / (4 * Math.Max(Symbols, 1) * sizeof(IndicatorBank)));

    /// <summary>Bookings there is room for before anything is known: as much room as for a run's indicators.</summary>
    public unsafe long FirstRoom() => Math.Clamp(Symbols * sizeof(IndicatorBank) / sizeof(Booking), 512, 16_384);

    /// <summary>Bytes of one run in what is copied to the card.</summary>
    public unsafe long ImageOfRun => sizeof(FusedRun) + (ParametersOfRun * sizeof(Parameters));

    /// <summary>Bytes of one set in what is copied to the card.</summary>
    public unsafe long ImageOfSet => Symbols * (sizeof(FusedColumn) + sizeof(ulong));
}
