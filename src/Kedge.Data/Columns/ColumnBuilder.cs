using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>
/// Growing columns of one symbol in native memory, aligned to 64 bytes. There is no finaliser on purpose: pointers handed out do not keep
/// this object alive, so forgetting to dispose leaks rather than pulls the memory from under a reader.
/// </summary>
internal sealed unsafe class ColumnBuilder : IDisposable
{
    internal const int ColumnCount = 6;
    internal const int Alignment = 64;
    private const int InitialCapacity = 512;

    private readonly byte*[] _columns = new byte*[ColumnCount];
    private long* _t;
    private double* _o;
    private double* _h;
    private double* _l;
    private double* _c;
    private double* _v;
    private int _capacity;
    private int _count;
    private bool _ascending = true;

    internal ColumnBuilder(string symbol, byte[] utf8)
    {
        Symbol = symbol;
        Utf8 = utf8;
    }

    internal string Symbol { get; }

    internal byte[] Utf8 { get; }

    internal int Count => _count;

    internal BarColumns Columns => new(_t, _o, _h, _l, _c, _v, _count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(in Bar bar)
    {
        int i = _count;
        if (i == _capacity)
        {
            Grow(Math.Max(InitialCapacity, checked(_capacity * 2)));
        }

        if (i > 0 && bar.OpenTimeMs <= _t[i - 1])
        {
            _ascending = false;
        }

        _t[i] = bar.OpenTimeMs;
        _o[i] = bar.Open;
        _h[i] = bar.High;
        _l[i] = bar.Low;
        _c[i] = bar.Close;
        _v[i] = bar.Volume;
        _count = i + 1;
    }

    /// <summary>Sorts by time; returns the first time that occurs twice, or −1.</summary>
    internal long Sort()
    {
        if (_ascending)
        {
            return -1;
        }

        int count = _count;
        long[] keys = new ReadOnlySpan<long>(_t, count).ToArray();
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        long duplicate = -1;
        for (int i = 1; i < count && duplicate < 0; i++)
        {
            duplicate = keys[i] == keys[i - 1] ? keys[i] : -1;
        }

        keys.CopyTo(new Span<long>(_t, count));
        double[] scratch = new double[count];
        for (int column = 1; column < ColumnCount; column++)
        {
            double* values = (double*)_columns[column];
            for (int i = 0; i < count; i++)
            {
                scratch[i] = values[order[i]];
            }

            scratch.CopyTo(new Span<double>(values, count));
        }

        _ascending = true;
        return duplicate;
    }

    /// <summary>Both series in time order; where both have a bar of the same time, <paramref name="first"/> wins.</summary>
    internal static ColumnBuilder Merge(ColumnBuilder first, ColumnBuilder second)
    {
        ColumnBuilder merged = new(first.Symbol, first.Utf8);
        BarColumns a = first.Columns;
        BarColumns b = second.Columns;
        int i = 0;
        int j = 0;
        while (i < a.Count || j < b.Count)
        {
            bool takeFirst = j == b.Count || (i < a.Count && a.OpenTimeMs[i] <= b.OpenTimeMs[j]);
            if (takeFirst && j < b.Count && a.OpenTimeMs[i] == b.OpenTimeMs[j])
            {
                j++;
            }

            merged.Add(takeFirst ? a[i++] : b[j++]);
        }

        return merged;
    }

    public void Dispose()
    {
        for (int column = 0; column < ColumnCount; column++)
        {
            NativeMemory.AlignedFree(_columns[column]);
            _columns[column] = null;
        }

        _t = null;
        _o = _h = _l = _c = _v = null;
        _count = _capacity = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int capacity)
    {
        for (int column = 0; column < ColumnCount; column++)
        {
            _columns[column] = (byte*)NativeMemory.AlignedRealloc(_columns[column], (nuint)capacity * sizeof(double), Alignment);
        }

        _capacity = capacity;
        _t = (long*)_columns[0];
        _o = (double*)_columns[1];
        _h = (double*)_columns[2];
        _l = (double*)_columns[3];
        _c = (double*)_columns[4];
        _v = (double*)_columns[5];
    }
}
