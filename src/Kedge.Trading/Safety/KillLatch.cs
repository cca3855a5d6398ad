namespace Kedge.Trading.Safety;

/// <summary>One latched cause.</summary>
/// <param name="Key">What set it, see <see cref="KillKeys"/>; one latch a key.</param>
/// <param name="Mode">How severe; above <see cref="KillMode.Off"/>.</param>
/// <param name="Reason">Why, for people: numbers included.</param>
/// <param name="SinceWallMs">Since when, UTC epoch milliseconds.</param>
/// <param name="Clearing">What lifts it.</param>
/// <param name="ClearsAtWallMs">When it lifts itself, UTC epoch milliseconds; 0 unless <see cref="KillClearing.AtTime"/>.</param>
public sealed record KillLatch(
    string Key,
    KillMode Mode,
    string Reason,
    long SinceWallMs,
    KillClearing Clearing = KillClearing.Operator,
    long ClearsAtWallMs = 0
);
