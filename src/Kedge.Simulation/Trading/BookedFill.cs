namespace Kedge.Simulation.Trading;

/// <summary>A fill of the venue as it is booked.</summary>
/// <param name="Size">Base units of all its legs.</param>
/// <param name="IntentId">Whose it is; null for somebody else's.</param>
internal readonly record struct BookedFill(decimal Size, string? IntentId);
