using Kedge.Kernel;

namespace Kedge.Golden.Engine;

/// <summary>A signal that passed every filter, with what sizing needs.</summary>
/// <param name="Signal">Final signal.</param>
/// <param name="Price">Close it was made at.</param>
/// <param name="Atr">ATR after its floor.</param>
/// <param name="Adx">ADX of the last main bar.</param>
internal readonly record struct EntryCandidate(Signal Signal, double Price, double Atr, double Adx);
