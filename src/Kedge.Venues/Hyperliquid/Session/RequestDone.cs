using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Hears the end of a request, once.</summary>
/// <param name="answer">How it ended.</param>
/// <param name="now">The moment.</param>
/// <param name="effects">Where effects are appended.</param>
internal delegate void RequestDone(in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects);
