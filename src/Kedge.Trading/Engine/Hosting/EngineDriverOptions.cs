using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Journal;

namespace Kedge.Trading.Engine.Hosting;

/// <summary>What a driver carries effects out with.</summary>
public sealed record EngineDriverOptions
{
    /// <summary>The lane's ledger, already open; null only where nothing is to be kept.</summary>
    public ILedger? Ledger { get; init; }

    /// <summary>Holds exits while the ledger cannot; null where there is none.</summary>
    public IEmergencyIntents? Emergency { get; init; }

    /// <summary>The lane's journal, already open; null where none is kept.</summary>
    public JournalWriter? Journal { get; init; }

    /// <summary>Name of this start of the engine, for the journal.</summary>
    public string Session { get; init; } = "";

    /// <summary>Takes commands for the venue, once what they rest on is committed.</summary>
    public required Action<VenueCommand> Send { get; init; }

    /// <summary>Takes questions for bars of the past.</summary>
    public required Action<EngineEffect.LoadBars> Load { get; init; }

    /// <summary>Hears every effect, before it is carried out; for displays and alerts.</summary>
    public Action<EngineEffect>? Heard { get; init; }

    /// <summary>How long prices that led to nothing may wait for the disk, milliseconds.</summary>
    public long PriceFlushMs { get; init; } = 100;

    /// <summary>How often a journal that failed is tried again, milliseconds.</summary>
    public long JournalRetryMs { get; init; } = 10_000;
}
