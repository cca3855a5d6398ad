using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Simulation.Trading;

/// <summary>What a simulated lane is made of.</summary>
public sealed record SimulatedLaneOptions
{
    /// <summary>The disk under all its files: what it takes in time the lane waits, and its crash points end the lane.</summary>
    public required SimDisk Disk { get; init; }

    /// <summary>Makes the venue in the lane's process, once.</summary>
    public required Func<IVenueListener, SimulatedVenue> Connect { get; init; }

    /// <summary>Makes the engine, at every start.</summary>
    public required Func<TradingEngine> Create { get; init; }

    /// <summary>Opens the ledger, at every start.</summary>
    public required Func<ILedger> Open { get; init; }

    /// <summary>Opens the file where exits go while the ledger cannot be written, at every start.</summary>
    public required Func<IEmergencyIntents> OpenEmergency { get; init; }

    /// <summary>Opens the journal, at every start: what a crash tore is cut.</summary>
    public required Func<JournalWriter> OpenJournal { get; init; }

    /// <summary>Closed bars of the past: symbol, interval, how many of the newest; oldest first.</summary>
    public required Func<string, Interval, int, IReadOnlyList<Bar>> Bars { get; init; }

    /// <summary>Name of a command's crash point.</summary>
    public Func<VenueCommand, string> NameOf { get; init; } = static command => command.GetType().Name;

    /// <summary>Symbols whose best bid and offer are wanted.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];
}
