using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>Something for the session.</summary>
/// <param name="Input">What; null to look at the timers only.</param>
/// <param name="Lent">Buffer that goes back to the pool when the input has been handled; null for none.</param>
internal readonly record struct Arrival(SessionInput? Input, byte[]? Lent);
