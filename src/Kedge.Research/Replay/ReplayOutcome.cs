using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Replay;

/// <summary>What the replay loop leaves.</summary>
/// <param name="Bookings">Every fill and funding payment in order.</param>
/// <param name="Equity">The account after every tick of the window, and once more after the final closes.</param>
/// <param name="Account">The account at the end; its hash is the state hash of the run.</param>
/// <param name="FirstTickMs">First tick of the window, epoch ms; 0 when there was none.</param>
/// <param name="LastTickMs">Last tick of the window, epoch ms; 0 when there was none.</param>
public sealed record ReplayOutcome(
    List<Booking> Bookings,
    List<EquityPoint> Equity,
    Account Account,
    long FirstTickMs,
    long LastTickMs
);
