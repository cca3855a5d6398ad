namespace Kedge.Kernel.MeiAlpha;

/// <summary>Seconds between two entries, or two exits, of a symbol.</summary>
public static class Cooldown
{
    /// <summary>Whether a cooldown runs. 0 seconds switch it off.</summary>
    /// <param name="has">Whether there was an earlier event.</param>
    /// <param name="lastMs">When it was.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="seconds">Length.</param>
    public static bool Runs(bool has, long lastMs, long nowMs, int seconds) =>
        has && seconds > 0 && nowMs - lastMs < seconds * 1000L;
}
