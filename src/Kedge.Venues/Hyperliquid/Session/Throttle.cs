using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Notes for the log, each code at most once in ten seconds; what was left out is counted in the next.</summary>
internal sealed class Throttle
{
    private const long PauseMs = 10_000;
    private const int MaxCodes = 64;

    private readonly Dictionary<string, (long AtMs, long LeftOut)> codes = new(StringComparer.Ordinal);

    /// <summary>Tells, or counts.</summary>
    public void Note(string code, string text, in Now now, IEffectSink<SessionEffect> effects)
    {
        bool isKnown = codes.TryGetValue(code, out (long AtMs, long LeftOut) last);
        if (isKnown && now.MonotonicMs - last.AtMs < PauseMs)
        {
            codes[code] = (last.AtMs, last.LeftOut + 1);
            return;
        }

        if (!isKnown && codes.Count >= MaxCodes)
        {
            codes.Clear();
        }

        codes[code] = (now.MonotonicMs, 0);
        string more = last.LeftOut > 0 ? FormattableString.Invariant($" ({last.LeftOut} more before)") : string.Empty;
        effects.Add(new SessionEffect.Emit(new VenueEvent.Noted(code, text + more)));
    }
}
