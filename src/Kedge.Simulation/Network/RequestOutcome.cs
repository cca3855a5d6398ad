namespace Kedge.Simulation.Network;

/// <summary>What a client hears of its request, exactly once.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Status">Status of the answer, in the words of its protocol; 0 without an answer.</param>
/// <param name="Body">Body of the answer; empty without one.</param>
public readonly record struct RequestOutcome(RequestResult Result, int Status, ReadOnlyMemory<byte> Body);
