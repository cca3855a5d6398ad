using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>A question to <c>/info</c>.</summary>
/// <typeparam name="T">What is answered.</typeparam>
/// <param name="Class">How urgent.</param>
/// <param name="Body">JSON.</param>
/// <param name="Weight">Weight without items.</param>
/// <param name="Attempts">How often it is asked at most.</param>
/// <param name="WaitMs">Longest wait for a place in the budget, each time.</param>
/// <param name="Decode">Reads the answer.</param>
/// <param name="Done">Hears the answer, or why there is none; once.</param>
internal sealed record InfoQuestion<T>(
    RequestClass Class,
    ReadOnlyMemory<byte> Body,
    int Weight,
    int Attempts,
    int WaitMs,
    InfoQuestion<T>.Decoder Decode,
    InfoQuestion<T>.Listener Done
)
    where T : class
{
    /// <summary>Reads an answer.</summary>
    public delegate DecodeResult<T> Decoder(ReadOnlySpan<byte> body);

    /// <summary>Hears the end.</summary>
    public delegate void Listener(T? value, string? error, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>Weight its items cost at most; set aside until the answer tells how many they are.</summary>
    public int MaxItemWeight { get; init; }

    /// <summary>Whether anybody still waits; what nobody waits for is not asked again.</summary>
    public Func<bool> IsWanted { get; init; } = static () => true;

    /// <summary>What the items of an answer cost.</summary>
    public Func<T, int> ItemWeight { get; init; } = static _ => 0;
}
