using Kedge.Data.Files;
using Kedge.Data.Ledger;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Cli.Trading;

/// <summary>What a lane writes: ledger, emergency file and journal, open and locked for this process.</summary>
internal sealed class LaneStore : IDisposable
{
    private LaneStore(SqliteLedger ledger, EmergencyFile emergency, LedgerImage image, IReadOnlyList<string> merged)
    {
        Ledger = ledger;
        Emergency = emergency;
        Image = image;
        Merged = merged;
    }

    public SqliteLedger Ledger { get; }

    public EmergencyFile Emergency { get; }

    /// <summary>The ledger as it was opened.</summary>
    public LedgerImage Image { get; }

    /// <summary>Exits that were found in the emergency file.</summary>
    public IReadOnlyList<string> Merged { get; }

    /// <summary>The journal; null until <see cref="OpenJournal"/>.</summary>
    public JournalWriter? Journal { get; private set; }

    /// <summary>Takes the locks, before anything is asked of the venue, and reads what earlier lives left.</summary>
    /// <exception cref="KedgeException">Somebody else trades on the ledger or its account (exit 3); something cannot be opened or written (exit 4).</exception>
    public static LaneStore Open(LaneOptions options, long nowMs)
    {
        options.Folder.Prepare();
        bool isPaper = options.Mode == TradingMode.Paper;
        SqliteLedger ledger = SqliteLedger.Open(
            new SqliteLedgerOptions(options.Folder.Ledger, options.Lane, options.AccountName)
            {
                IsDouble = isPaper,
                AccountLocks = isPaper ? null : Path.Combine(options.SharedFolder, "accounts"),
            },
            nowMs
        );
        EmergencyFile? emergency = null;
        try
        {
            emergency = EmergencyFile.Open(options.Folder.Emergency);
            LedgerOutcome merged = EmergencyMerge.Into(ledger, emergency, nowMs, out IReadOnlyList<string> ids);
            if (!merged.IsOk)
            {
                throw KedgeException.Environment(
                    $"{options.Folder.Ledger}: exits of the emergency file cannot be written: {merged.Text ?? merged.Failure.ToString()}; free some space and start again"
                );
            }

            LedgerImage image = isPaper ? ledger.Load() : OpeningCursor.Load(ledger, nowMs);
            return new LaneStore(ledger, emergency, image, ids);
        }
        catch
        {
            emergency?.Dispose();
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>From where the account's history is wanted.</summary>
    public AccountCursor CursorAt(long nowMs) =>
        AccountCursor.Resume(Image.Cursor, [.. Image.Intents.Select(i => i.Intent.CreatedMs)], nowMs);

    /// <summary>Symbols that must be watched: what is held, and orders that are not over.</summary>
    public IReadOnlyList<string> Held() =>
        [
            .. Image
                .Positions.Where(p => !p.Value.IsZero)
                .Select(p => p.Key)
                .Concat(Image.Intents.Where(i => !IntentTransitions.IsTerminal(i.Status)).Select(i => i.Intent.Symbol))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Opens the journal; what a crash has left of a record is cut.</summary>
    public JournalWriter OpenJournal(LaneOptions options) =>
        Journal = JournalWriter.Open(LocalFileSystem.Instance, new JournalOptions { Folder = options.Folder.Journal });

    public void Dispose()
    {
        Journal?.Dispose();
        Ledger.Dispose();
        Emergency.Dispose();
    }
}
