namespace Kedge.Exchange.Core;

/// <summary>
/// A budget of request weight that refills evenly: 1,200 a minute for one caller's address at the venue. Whole numbers of weight × milliseconds,
/// so nothing is lost to rounding. Time is the monotonic clock.
/// </summary>
/// <param name="weightPerMinute">Weight that one minute gives, and that can be saved up; above zero.</param>
/// <param name="nowMs">Monotonic milliseconds now; the budget begins full.</param>
public struct WeightBudget(int weightPerMinute, long nowMs)
{
    private const long MinuteMs = 60_000;

    private readonly long _perMinute = weightPerMinute;
    private long _left = weightPerMinute * MinuteMs;
    private long _atMs = nowMs;

    /// <summary>Whole weight that is left at the last moment it was asked.</summary>
    public readonly long Left => _left / MinuteMs;

    /// <summary>Takes weight, or takes nothing and says no.</summary>
    public bool TryTake(int weight, long nowMs)
    {
        long passed = Math.Clamp(nowMs - _atMs, 0, MinuteMs);
        _atMs = Math.Max(_atMs, nowMs);
        _left = Math.Min(_perMinute * MinuteMs, _left + (passed * _perMinute));
        if (weight < 0 || weight * MinuteMs > _left)
        {
            return false;
        }

        _left -= weight * MinuteMs;
        return true;
    }

    /// <summary>Weight of an action of so many elements: one, and one more for every forty.</summary>
    public static int OfAction(int elements) => 1 + (elements / 40);
}
