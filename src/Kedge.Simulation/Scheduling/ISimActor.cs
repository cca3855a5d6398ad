namespace Kedge.Simulation.Scheduling;

/// <summary>What events of the scheduler are for.</summary>
public interface ISimActor
{
    /// <summary>Takes one event that it scheduled.</summary>
    /// <param name="kind">What is due, in the actor's own numbers.</param>
    /// <param name="argument">The number given when it was scheduled.</param>
    void Fire(int kind, long argument);

    /// <summary>Name of a kind of event, for traces and errors.</summary>
    string Describe(int kind);
}
