using Kedge.Trading.Safety;

namespace Kedge.Trading.Engine;

// A journal that cannot be written stops entries: what is decided then could not be looked into afterwards. Exits go on.
public sealed unsafe partial class TradingEngine
{
    private bool _journalFails;

    private void OnJournalFailed(string reason)
    {
        if (_journalFails)
        {
            return;
        }

        _journalFails = true;
        Alert("journal_failed", $"the journal cannot be written, entries stop and it is tried again: {reason}");
        KillLatch latch = new(
            KillKeys.Journal,
            KillMode.CloseOnly,
            $"the journal cannot be written: {reason}",
            _now.WallMs,
            KillClearing.WhileCondition
        );
        _risk?.Switches.Set(latch, "engine", this);
    }

    private void OnJournalWorks()
    {
        if (!_journalFails)
        {
            return;
        }

        _journalFails = false;
        Alert("journal_works", "the journal is written again; what happened in between is not in it");
        _risk?.Switches.Clear(KillKeys.Journal, "engine", "the journal is written again", _now.WallMs, this);
    }
}
