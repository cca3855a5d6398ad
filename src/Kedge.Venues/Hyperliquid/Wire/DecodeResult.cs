namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A decoded payload, or the reason there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The payload; null when it was refused.</param>
/// <param name="Fault">The reason; its problem is none when there is a value.</param>
public readonly record struct DecodeResult<T>(T? Value, DecodeFault Fault)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null;
}
