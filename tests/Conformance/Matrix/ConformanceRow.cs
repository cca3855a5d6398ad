using Kedge.Conformance.Worlds;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>One requirement of a venue.</summary>
/// <param name="Id">Its number, for ever.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Asserts">What must hold.</param>
/// <param name="Needs">What a venue must be able to do for it to apply.</param>
/// <param name="World">What the world must be able to do for it to be tried.</param>
/// <param name="Run">Tries it.</param>
internal sealed record ConformanceRow(
    string Id,
    string Title,
    string Asserts,
    VenueCapabilities Needs,
    WorldTraits World,
    Action<Desk> Run
)
{
    /// <summary>Why it does not apply to a world; null when it does.</summary>
    public string? WhyNot(IVenueWorld world)
    {
        VenueCapabilities missing = Needs & ~world.Venue.Capabilities;
        WorldTraits lacking = World & ~world.Traits;
        return missing != VenueCapabilities.None ? $"the venue has no {missing}"
            : lacking != WorldTraits.None ? $"the world has no {lacking}"
            : null;
    }
}
