namespace Kedge.Research.Search.Gpu;

/// <summary>A card, or the memory it shares with this machine, had too little: work is cut smaller and tried again.</summary>
/// <param name="message">Which call.</param>
public sealed class GpuOutOfMemoryException(string message) : Exception(message);
