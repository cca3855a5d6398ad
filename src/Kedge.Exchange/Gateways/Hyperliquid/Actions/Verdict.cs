namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>What became of a signed action.</summary>
/// <param name="Error">Why the whole of it was refused; null when it was not.</param>
/// <param name="IsWritten">The answer is written; otherwise it is the default one.</param>
internal readonly record struct Verdict(string? Error, bool IsWritten)
{
    /// <summary>Done; the answer is the default one.</summary>
    public static Verdict Done => default;

    /// <summary>Done; the answer is written.</summary>
    public static Verdict Written => new(null, true);

    /// <summary>Refused.</summary>
    public static Verdict Refused(string error) => new(error, false);
}
