namespace Kedge.Research.Search.Columns;

/// <summary>One number a main bar, all symbols one behind the other.</summary>
internal sealed unsafe class Column : ISharedThing
{
    private readonly NativeArray<double> _values;

    public Column(int bars) => _values = new NativeArray<double>(bars);

    public double* Start => _values.Start;

    public long Bytes => _values.Bytes;

    public void Dispose() => _values.Dispose();
}
