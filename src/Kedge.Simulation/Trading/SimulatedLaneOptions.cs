using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Simulation.Trading;

/// <summary>What a simulated lane is made of.</summary>
public sealed record SimulatedLaneOptions
{
    /// <summary>Makes the venue in the lane's process, once.</summary>
    public required Func<IVenueListener, SimulatedVenue> Connect { get; init; }

    /// <summary>Makes the engine, at every start.</summary>
    public required Func<TradingEngine> Create { get; init; }

    /// <summary>Opens the ledger, at every start.</summary>
    public required Func<ILedger> Open { get; init; }

    /// <summary>Closed bars of the past: symbol, interval, how many of the newest; oldest first.</summary>
    public required Func<string, Interval, int, IReadOnlyList<Bar>> Bars { get; init; }

    /// <summary>Opens the file where exits go while the ledger cannot be written, at every start; null for none.</summary>
    public Func<IEmergencyIntents>? OpenEmergency { get; init; }

    /// <summary>Symbols whose best bid and offer are wanted.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];
}
