namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One refusal, for the log.</summary>
/// <param name="Payload">What was being read.</param>
/// <param name="Problem">Why it was refused.</param>
/// <param name="Offset">Bytes read until then.</param>
/// <param name="Field">Field being read, when known.</param>
public readonly record struct DecodeFault(PayloadKind Payload, DecodeProblem Problem, int Offset, string? Field)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Field is null ? $"{Payload}: {Problem} at byte {Offset}" : $"{Payload}: {Problem} at byte {Offset}, field {Field}";
}
