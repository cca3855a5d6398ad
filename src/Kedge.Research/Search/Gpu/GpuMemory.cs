namespace Kedge.Research.Search.Gpu;

/// <summary>Memory of a card, bytes.</summary>
/// <param name="Free">What is free now.</param>
/// <param name="Total">All of it.</param>
public readonly record struct GpuMemory(long Free, long Total);
