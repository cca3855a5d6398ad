using System.Buffers;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>
/// The set of latched causes. Each has its own mode, start and way to be lifted; the most severe rules, and lifting one never lifts another.
/// A latch is never made milder by being set again. Bounded: <see cref="MaxLatches"/> causes and the last <see cref="MaxHistory"/> changes.
/// </summary>
public sealed class KillLatches
{
    /// <summary>Causes that can be latched at once; one more takes the place of the youngest of the mildest, and is at least as severe.</summary>
    public const int MaxLatches = 64;

    /// <summary>Changes kept in memory; the ledger keeps all.</summary>
    public const int MaxHistory = 256;

    private readonly SortedDictionary<string, KillLatch> _latches = new(StringComparer.Ordinal);
    private readonly Queue<KillChange> _history = new();
    private long _sequence;

    /// <summary>The most severe mode of all latches.</summary>
    public KillMode Mode { get; private set; }

    /// <summary>The latch that rules: the oldest of the most severe; null when nothing is latched.</summary>
    public KillLatch? Ruling { get; private set; }

    /// <summary>All latches, by key.</summary>
    public IReadOnlyCollection<KillLatch> Active => _latches.Values;

    /// <summary>The last changes, oldest first.</summary>
    public IReadOnlyCollection<KillChange> History => _history;

    /// <summary>The latch of a key; null when it is not set.</summary>
    public KillLatch? Find(string key) => _latches.GetValueOrDefault(key);

    /// <summary>Whether a key is latched.</summary>
    public bool IsSet(string key) => _latches.ContainsKey(key);

    /// <summary>
    /// Latches a cause. Set already in the same or a more severe mode: nothing happens, the start and the reason stay. In a milder one: the mode rises and the
    /// start stays.
    /// </summary>
    /// <param name="latch">What to latch.</param>
    /// <param name="by">Who.</param>
    /// <param name="replace">An operator's explicit command: the mode becomes what was said, even a milder one.</param>
    /// <returns>The change; null when nothing changed.</returns>
    public KillChange? Set(KillLatch latch, string by, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(latch);
        if (latch.Key.Length == 0)
        {
            throw new ArgumentException("A latch has a key.", nameof(latch));
        }

        if (latch.Mode == KillMode.Off)
        {
            throw new ArgumentException("A latch without a mode latches nothing; clear it instead.", nameof(latch));
        }

        long wallMs = latch.SinceWallMs;
        if (_latches.TryGetValue(latch.Key, out KillLatch? old))
        {
            if (latch.Mode == old.Mode || (latch.Mode < old.Mode && !replace))
            {
                return null;
            }

            latch = latch with { SinceWallMs = old.SinceWallMs };
        }
        else if (_latches.Count >= MaxLatches)
        {
            latch = MakeRoom(latch);
        }

        KillMode before = Mode;
        _latches[latch.Key] = latch;
        Rule();
        return Note(latch, cleared: false, by, string.Empty, wallMs, before);
    }

    /// <summary>Lifts one latch.</summary>
    /// <returns>The change; null when it was not set.</returns>
    public KillChange? Clear(string key, string by, string why, long wallMs)
    {
        if (!_latches.Remove(key, out KillLatch? latch))
        {
            return null;
        }

        KillMode before = Mode;
        Rule();
        return Note(latch, cleared: true, by, why, wallMs, before);
    }

    /// <summary>Lifts one latch whose time has come; call until it answers null.</summary>
    /// <param name="wallMs">UTC epoch milliseconds of a clock that does not run ahead.</param>
    public KillChange? ClearDue(long wallMs)
    {
        if (_latches.Count == 0)
        {
            return null;
        }

        foreach (KillLatch latch in _latches.Values)
        {
            if (latch.Clearing == KillClearing.AtTime && wallMs >= latch.ClearsAtWallMs)
            {
                return Clear(latch.Key, "clock", "its time has come", wallMs);
            }
        }

        return null;
    }

    /// <summary>Writes latches and history.</summary>
    public void Save(IBufferWriter<byte> into)
    {
        StateWriter writer = new(into);
        Save(ref writer);
    }

    /// <summary>Takes over what <see cref="Save(IBufferWriter{byte})"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not the whole of what was written.</exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        StateReader reader = new(bytes);
        Restore(ref reader);
        reader.End();
    }

    internal void Save(ref StateWriter writer)
    {
        writer.Long(_sequence);
        writer.Int(_latches.Count);
        foreach (KillLatch latch in _latches.Values)
        {
            Write(ref writer, latch);
        }

        writer.Int(_history.Count);
        foreach (KillChange change in _history)
        {
            writer.Long(change.Sequence);
            Write(ref writer, change.Latch);
            writer.Bool(change.Cleared);
            writer.Text(change.By);
            writer.Text(change.Why);
            writer.Long(change.WallMs);
            writer.Int((int)change.Before);
            writer.Int((int)change.After);
        }
    }

    internal void Restore(ref StateReader reader)
    {
        _latches.Clear();
        _history.Clear();
        _sequence = reader.Long();
        for (int n = reader.Count(MaxLatches); n > 0; n--)
        {
            KillLatch latch = ReadLatch(ref reader);
#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.KillLostOnRestart))
            {
                continue;
            }
#endif
            _latches[latch.Key] = latch;
        }

        for (int n = reader.Count(MaxHistory); n > 0; n--)
        {
            _history.Enqueue(
                new KillChange(
                    reader.Long(),
                    ReadLatch(ref reader),
                    reader.Bool(),
                    reader.Text(),
                    reader.Text(),
                    reader.Long(),
                    (KillMode)reader.Int(),
                    (KillMode)reader.Int()
                )
            );
        }

        Rule();
    }

    private static void Write(ref StateWriter writer, KillLatch latch)
    {
        writer.Text(latch.Key);
        writer.Int((int)latch.Mode);
        writer.Text(latch.Reason);
        writer.Long(latch.SinceWallMs);
        writer.Int((int)latch.Clearing);
        writer.Long(latch.ClearsAtWallMs);
    }

    private static KillLatch ReadLatch(ref StateReader reader) =>
        new(reader.Text(), (KillMode)reader.Int(), reader.Text(), reader.Long(), (KillClearing)reader.Int(), reader.Long());

    /// <summary>Gives up the youngest of the mildest; the newcomer takes on its mode when that is more severe, and stays until an operator.</summary>
    private KillLatch MakeRoom(KillLatch newcomer)
    {
        KillLatch? mildest = null;
        foreach (KillLatch latch in _latches.Values)
        {
            if (
                mildest is null
                || latch.Mode < mildest.Mode
                || (latch.Mode == mildest.Mode && latch.SinceWallMs >= mildest.SinceWallMs)
            )
            {
                mildest = latch;
            }
        }

        _latches.Remove(mildest!.Key);
        KillMode mode = newcomer.Mode > mildest.Mode ? newcomer.Mode : mildest.Mode;
        return newcomer with { Mode = mode, Clearing = KillClearing.Operator, ClearsAtWallMs = 0 };
    }

    private void Rule()
    {
        Ruling = null;
        foreach (KillLatch latch in _latches.Values)
        {
            if (
                Ruling is null
                || latch.Mode > Ruling.Mode
                || (latch.Mode == Ruling.Mode && latch.SinceWallMs < Ruling.SinceWallMs)
            )
            {
                Ruling = latch;
            }
        }

        Mode = Ruling?.Mode ?? KillMode.Off;
    }

    private KillChange Note(KillLatch latch, bool cleared, string by, string why, long wallMs, KillMode before)
    {
        KillChange change = new(++_sequence, latch, cleared, by, why, wallMs, before, Mode);
        if (_history.Count == MaxHistory)
        {
            _history.Dequeue();
        }

        _history.Enqueue(change);
        return change;
    }
}
