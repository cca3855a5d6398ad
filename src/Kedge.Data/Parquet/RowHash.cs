using System.Runtime.InteropServices;

namespace Kedge.Data.Parquet;

/// <summary>FNV-1a over the raw bits of rows: two lists of rows with the same hash have the same values to the last bit.</summary>
internal struct RowHash()
{
    private const ulong Prime = 1_099_511_628_211;

    public ulong Value { get; private set; } = 14_695_981_039_346_656_037;

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<byte> text, bool isNull = false)
    {
        Mix(isNull ? ulong.MaxValue : (ulong)text.Length);
        foreach (byte b in text)
        {
            Value = unchecked((Value ^ b) * Prime);
        }
    }

    public void Add(long value, bool isNull)
    {
        Mix(isNull ? 1UL : 0UL);
        Mix(isNull ? 0UL : (ulong)value);
    }

    public void Add(double value, bool isNull) => Add(BitConverter.DoubleToInt64Bits(value), isNull);

    public void EndRow() => Rows++;

    private void Mix(ulong word)
    {
        ulong left = word;
        foreach (byte b in MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in left)))
        {
            Value = unchecked((Value ^ b) * Prime);
        }
    }
}
