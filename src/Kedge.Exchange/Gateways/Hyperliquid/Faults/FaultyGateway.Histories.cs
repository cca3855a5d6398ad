using System.Buffers;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Records that get into histories late.</summary>
public sealed partial class FaultyGateway
{
    /// <summary>Records that are kept from histories at one time; at more, further ones are served at once.</summary>
    private const int LateMax = 1_024;

    /// <summary>Records that have been served while they were young, and may not vanish again; beyond it the oldest are forgotten.</summary>
    private const int WrittenMax = 4_096;

    private readonly Dictionary<HistoryKey, long> _late = [];
    private readonly HashSet<HistoryKey> _written = [];
    private readonly Queue<HistoryKey> _writtenOrder = [];

    /// <summary>
    /// An answer or snapshot without the records that are not in the history yet. Whether a record is late is drawn when it is about to be served for
    /// the first time; it is late by the time drawn from when it happened, so that no record appears long after its time.
    /// </summary>
    private ReadOnlyMemory<byte> WithoutLate(ReadOnlyMemory<byte> text, string name, string subject)
    {
        if (_late.Count == 0 && _dice.IsIdle)
        {
            return text;
        }

        List<(HistoryKey Key, Range At)> records = HistoryPeek.Records(text.Span, out Range list);
        bool[] isLate = [.. records.Select(record => IsLate(record.Key, name, subject))];
        if (!Array.Exists(isLate, late => late))
        {
            return text;
        }

        ReadOnlySpan<byte> whole = text.Span;
        ArrayBufferWriter<byte> kept = new(whole.Length);
        kept.Write(whole[..list.Start]);
        kept.Write("["u8);
        bool isFirst = true;
        for (int i = 0; i < records.Count; i++)
        {
            if (!isLate[i])
            {
                kept.Write(isFirst ? [] : ","u8);
                kept.Write(whole[records[i].At]);
                isFirst = false;
            }
        }

        kept.Write("]"u8);
        kept.Write(whole[list.End..]);
        return kept.WrittenMemory;
    }

    /// <summary>Older records are in the history, whatever is drawn.</summary>
    private long LateMaxMs =>
        Math.Max(
            FaultWords.Lasts(FaultKind.HistoryLate).ToMs,
            Plan.Rates.GetValueOrDefault(FaultKind.HistoryLate)?.Lasts?.ToMs ?? 0
        );

    private bool IsLate(HistoryKey key, string name, string subject)
    {
        if (_late.TryGetValue(key, out long untilMs))
        {
            if (untilMs > _now.MonotonicMs)
            {
                return true;
            }

            _late.Remove(key);
            Written(key);
            return false;
        }

        long ageMs = _now.WallMs + _clockMs - key.TimeMs;
        if (ageMs >= LateMaxMs || _written.Contains(key))
        {
            return false;
        }

        if (_late.Count < LateMax && _dice.Hits(FaultKind.HistoryLate, name, _now.MonotonicMs, out long lastsMs))
        {
            long leftMs = lastsMs - Math.Max(0, ageMs);
            if (leftMs > 0)
            {
                _late[key] = _now.MonotonicMs + leftMs;
                Log(FaultKind.HistoryLate, subject, $"{key.Id} of {key.TimeMs}: not in {name} for {leftMs} ms");
                return true;
            }
        }

        Written(key);
        return false;
    }

    private void Written(HistoryKey key)
    {
        if (_written.Add(key))
        {
            _writtenOrder.Enqueue(key);
            if (_writtenOrder.Count > WrittenMax)
            {
                _written.Remove(_writtenOrder.Dequeue());
            }
        }
    }
}
