namespace Kedge.Research.Search.Columns;

/// <summary>Something configurations share.</summary>
internal interface ISharedThing : IDisposable
{
    /// <summary>Memory it takes.</summary>
    long Bytes { get; }
}
