using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>An emergency file of which somebody outside knows what was flushed into it.</summary>
internal sealed class WatchedEmergency(IEmergencyIntents inner, LedgerMirror mirror) : IEmergencyIntents
{
    private readonly List<LedgerRow.IntentCreated> _appended = [];

    public int FreeBytes => inner.FreeBytes;

    public IReadOnlyList<LedgerRow.IntentCreated> Read() => inner.Read();

    public LedgerOutcome Append(LedgerRow.IntentCreated intent)
    {
        LedgerOutcome outcome = inner.Append(intent);
        if (outcome.IsOk)
        {
            _appended.Add(intent);
        }
        else
        {
            mirror.EmergencyFailed(intent);
        }

        return outcome;
    }

    public LedgerOutcome Flush()
    {
        LedgerOutcome outcome = inner.Flush();
        foreach (LedgerRow.IntentCreated intent in _appended)
        {
            if (outcome.IsOk)
            {
                mirror.EmergencyFlushed(intent);
            }
            else
            {
                mirror.EmergencyFailed(intent);
            }
        }

        _appended.Clear();
        return outcome;
    }

    public LedgerOutcome Reset() => inner.Reset();

    public void Dispose() => inner.Dispose();
}
