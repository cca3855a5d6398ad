namespace Kedge.Simulation.Venues;

/// <summary>Where a simulated venue is found on the simulated network.</summary>
/// <param name="Http">Address of its requests.</param>
/// <param name="Socket">Address of its WebSocket.</param>
public sealed record VenueNames(string Http, string Socket)
{
    /// <summary>Names of a venue whose process is called so.</summary>
    public static VenueNames Of(string process) => new($"{process}/http", $"{process}/ws");
}
