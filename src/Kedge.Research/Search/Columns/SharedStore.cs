using System.Globalization;
using System.Runtime.ExceptionServices;
using Kedge.Model;

namespace Kedge.Research.Search.Columns;

/// <summary>
/// What configurations share, under one bound of memory: made once by the first thread that needs it, kept while anybody uses it, and after that until the
/// room is needed, least recently used first.
/// </summary>
internal sealed class SharedStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, Entry> _entries = [];
    private readonly LinkedList<Entry> _idle = [];
    private readonly long _capacity;
    private long _bytes;

    /// <summary>An empty store.</summary>
    /// <param name="capacity">Bytes it may hold.</param>
    public SharedStore(long capacity)
    {
        _capacity = capacity;
        NativeHeap.GiveLargeBlocksBack();
    }

    /// <summary>Most bytes held at any time.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Things made so far; more than distinct ones when some were dropped and made again.</summary>
    public int Made { get; private set; }

    /// <summary>What is kept now; nobody may be borrowing.</summary>
    public IEnumerable<Entry> Kept => _entries.Values;

    /// <summary>Borrows a thing; <see cref="Return"/> it after use.</summary>
    /// <param name="key">What names it; equal keys are the same thing.</param>
    /// <param name="bytes">Its size when that is known before it is made; 0 when it is not.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="KedgeException">The bound is too small for what is in use at once (exit 2).</exception>
    public Entry Borrow(object key, long bytes, Func<ISharedThing> make)
    {
        Entry entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out Entry? known))
            {
                entry = known;
                if (entry.Users++ == 0 && entry.Node is { } node)
                {
                    _idle.Remove(node);
                    entry.Node = null;
                }
            }
            else
            {
                entry = new Entry(key) { Users = 1, Bytes = bytes };
                _entries.Add(key, entry);
                Made++;
                try
                {
                    MakeRoom(bytes);
                }
                catch
                {
                    _entries.Remove(key);
                    throw;
                }
            }
        }

        lock (entry)
        {
            if (entry.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            if (entry.Thing is null)
            {
                Make(entry, make);
            }
        }

        return entry;
    }

    /// <summary>Gives a thing back.</summary>
    public void Return(Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Users == 0 && entry.Failure is null)
            {
                entry.Node = _idle.AddLast(entry);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Entry entry in _entries.Values)
        {
            entry.Thing?.Dispose();
        }

        _entries.Clear();
        _idle.Clear();
    }

    private void Make(Entry entry, Func<ISharedThing> make)
    {
        ISharedThing? thing = null;
        try
        {
            thing = make();
            lock (_gate)
            {
                // The size of a list of signals is only known now.
                MakeRoom(thing.Bytes - entry.Bytes);
                entry.Bytes = thing.Bytes;
                entry.Thing = thing;
            }
        }
        catch (Exception e)
        {
            thing?.Dispose();
            lock (_gate)
            {
                entry.Failure = e;
                _entries.Remove(entry.Key);
                _bytes -= entry.Bytes;
            }

            throw;
        }
    }

    private void MakeRoom(long bytes)
    {
        while (_bytes + bytes > _capacity && _idle.First is { } oldest)
        {
            _idle.RemoveFirst();
            _entries.Remove(oldest.Value.Key);
            _bytes -= oldest.Value.Bytes;
            oldest.Value.Thing!.Dispose();
        }

        _bytes += bytes;
        PeakBytes = Math.Max(PeakBytes, _bytes);
        if (_bytes > _capacity)
        {
            long needed = _bytes;
            _bytes -= bytes;
            throw KedgeException.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--memory is too small: the configurations that run at once need {needed >> 20} MiB of columns and signals and have {_capacity >> 20}; give more, or fewer --threads"
                )
            );
        }
    }

    /// <summary>A thing and who uses it.</summary>
    internal sealed class Entry
    {
        public Entry(object key) => Key = key;

        public object Key { get; }

        public ISharedThing? Thing { get; set; }

        public long Bytes { get; set; }

        public int Users { get; set; }

        public Exception? Failure { get; set; }

        public LinkedListNode<Entry>? Node { get; set; }
    }
}
