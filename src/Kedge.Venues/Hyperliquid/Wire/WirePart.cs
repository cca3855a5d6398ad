namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Reads the value at hand.</summary>
internal delegate T WirePart<out T>(ref WireReader reader);
