using Kedge.Data.Feed;

namespace Kedge.Data.Manager;

/// <summary>A range cut into steps, each with a row and whoever gave it first.</summary>
internal sealed class SlotTable<TRow>(long fromMs, long stepMs, int count)
    where TRow : struct
{
    private const byte Nobody = 0;
    private const byte KnownEmpty = byte.MaxValue;
    private readonly TRow[] _rows = new TRow[count];
    private readonly byte[] _owners = new byte[count];
    private int _filled;

    /// <summary>Steps without a row that are not known to be empty.</summary>
    public int Lacking => _owners.Length - _filled - Empty;

    /// <summary>Steps known to be empty.</summary>
    public int Empty { get; private set; }

    /// <summary>Gives a row to a step that has none.</summary>
    /// <param name="slotMs">Start of the step.</param>
    /// <param name="row">The row.</param>
    /// <param name="owner">Number of the source, from 0.</param>
    /// <returns>False when the step is outside or taken.</returns>
    public bool TryFill(long slotMs, in TRow row, int owner)
    {
        long slot = (slotMs - fromMs) / stepMs;
        if (slotMs < fromMs || slot >= _owners.Length || _owners[slot] is not (Nobody or KnownEmpty))
        {
            return false;
        }

        if (_owners[slot] == KnownEmpty)
        {
            Empty--;
        }

        _filled++;
        _rows[slot] = row;
        _owners[slot] = (byte)(owner + 1);
        return true;
    }

    /// <summary>Nothing is there; a row that a later source has all the same wins over it.</summary>
    public void Settle(OpenRange range)
    {
        long first = Math.Max(0, (range.FromMs - fromMs + stepMs - 1) / stepMs);
        long last = Math.Min(_owners.Length, (range.ToMs - fromMs) / stepMs);
        for (long slot = first; slot < last; slot++)
        {
            if (_owners[slot] == Nobody)
            {
                _owners[slot] = KnownEmpty;
                Empty++;
            }
        }
    }

    /// <summary>What lacks, as ranges; those with fewer steps between them than <paramref name="joined"/> are one.</summary>
    public List<OpenRange> Holes(int joined)
    {
        List<OpenRange> holes = [];
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            if (_owners[slot] != Nobody)
            {
                continue;
            }

            long start = fromMs + (slot * stepMs);
            if (holes.Count > 0 && start - holes[^1].ToMs <= joined * stepMs)
            {
                holes[^1] = holes[^1] with { ToMs = start + stepMs };
            }
            else
            {
                holes.Add(new OpenRange(start, start + stepMs));
            }
        }

        return holes;
    }

    /// <summary>Rows in order; of one source, or of all.</summary>
    public List<TRow> Rows(int? owner = null)
    {
        List<TRow> rows = new(owner is null ? _filled : 0);
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            if (_owners[slot] is not (Nobody or KnownEmpty) && (owner is null || _owners[slot] == owner + 1))
            {
                rows.Add(_rows[slot]);
            }
        }

        return rows;
    }

    /// <summary>Stretches of one source; steps that are empty do not end one, a step that lacks does.</summary>
    public List<DataSegment> Segments(IReadOnlyList<IDataSource> sources)
    {
        List<DataSegment> segments = [];
        byte open = Nobody;
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            byte owner = _owners[slot];
            if (owner == KnownEmpty)
            {
                continue;
            }

            long start = fromMs + (slot * stepMs);
            if (owner == Nobody)
            {
                open = Nobody;
            }
            else if (owner == open)
            {
                segments[^1] = segments[^1] with { ToMs = start + stepMs, Rows = segments[^1].Rows + 1 };
            }
            else
            {
                segments.Add(new DataSegment(sources[owner - 1].Name, start, start + stepMs, 1));
                open = owner;
            }
        }

        return segments;
    }
}
