using Kedge.Kernel;

namespace Kedge.Data.Sqlite;

/// <summary>Takes the rows of a scan.</summary>
internal interface ICandleSink
{
    /// <summary>One row in storage order; the bytes of the symbol are valid during the call only.</summary>
    void Add(ReadOnlySpan<byte> symbol, in Bar bar);
}
