using Kedge.Model.Ledger;

namespace Kedge.Simulation.Crashes;

/// <summary>An emergency file in a process that can end inside it: names what is done to it, so that each is a point of its own.</summary>
public sealed class KillableEmergency : IEmergencyIntents
{
    private readonly IEmergencyIntents _inner;
    private readonly CrashPoints _points;

    private KillableEmergency(IEmergencyIntents inner, CrashPoints points)
    {
        _inner = inner;
        _points = points;
    }

    /// <inheritdoc/>
    public int FreeBytes => _inner.FreeBytes;

    /// <summary>Opens a file; making it is a point too.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="points">The process.</param>
    public static KillableEmergency Open(Func<IEmergencyIntents> open, CrashPoints points)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(points);
        using (points.Enter("emergency.open"))
        {
            return new KillableEmergency(open(), points);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<LedgerRow.IntentCreated> Read() => _inner.Read();

    /// <inheritdoc/>
    public LedgerOutcome Append(LedgerRow.IntentCreated intent)
    {
        using (_points.Enter("emergency.append"))
        {
            return _inner.Append(intent);
        }
    }

    /// <inheritdoc/>
    public LedgerOutcome Flush()
    {
        using (_points.Enter("emergency.flush"))
        {
            return _inner.Flush();
        }
    }

    /// <inheritdoc/>
    public LedgerOutcome Reset()
    {
        using (_points.Enter("emergency.reset"))
        {
            return _inner.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
