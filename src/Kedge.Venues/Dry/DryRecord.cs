using Kedge.Model.Venues;

namespace Kedge.Venues.Dry;

/// <summary>A command that was not sent.</summary>
/// <param name="TimeMs">When, UTC epoch milliseconds.</param>
/// <param name="Command">What it was.</param>
/// <param name="Wire">What would have gone to the venue, unsigned; null when that is not known.</param>
public sealed record DryRecord(long TimeMs, VenueCommand Command, string? Wire);
