namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Actions the address may send: 10,000 at first and one more for each USDC traded (Hyperliquid, "Rate limits"). Cancels may go on for as many
/// again, at most 100,000; when nothing is left an exit may be sent every ten seconds.
/// </summary>
internal sealed class ActionBudget(int reserve)
{
    private const long FirstCap = 10_000;
    private const long CancelExtra = 100_000;
    private const long DripMs = 10_000;

    private long cap = FirstCap;
    private long lastDripMs = long.MinValue / 2;

    /// <summary>Actions left as far as known.</summary>
    public long Left { get; private set; } = FirstCap;

    /// <summary>The venue told.</summary>
    public void Learn(long used, long capNow, long surplus)
    {
        cap = Math.Clamp(capNow, 0, long.MaxValue / 4);
        Left = cap - Math.Clamp(used, 0, long.MaxValue / 4) + Math.Clamp(surplus, 0, long.MaxValue / 4);
    }

    /// <summary>Whether actions of a class may be sent.</summary>
    public bool Fits(RequestClass cls, int actions, long nowMs) =>
        actions == 0
        || cls switch
        {
            RequestClass.Exit or RequestClass.Cancel => LeftFor(cls) >= actions || nowMs - lastDripMs >= DripMs,
            _ => Left - reserve >= actions,
        };

    /// <summary>When a class that does not fit may try again.</summary>
    public long RetryMs => lastDripMs + DripMs;

    /// <summary>Actions are sent. What the budget of their class covers leaves the one action of every ten seconds to an exit.</summary>
    public void Take(RequestClass cls, int actions, long nowMs)
    {
        if (actions > 0 && LeftFor(cls) < actions)
        {
            lastDripMs = nowMs;
        }

        Left -= actions;
    }

    private long LeftFor(RequestClass cls) => cls == RequestClass.Cancel ? Left + Math.Min(CancelExtra, cap) : Left;
}
