using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>What a paper machine asks its host for. The set is closed.</summary>
public abstract record PaperEffect
{
    private PaperEffect() { }

    /// <summary>
    /// Keeps the state. It comes before the events of the same input: what the listener missed because the process ended in between is told again
    /// at the next start.
    /// </summary>
    /// <param name="State">All of it; replaces what was kept.</param>
    public sealed record Save(PaperState State) : PaperEffect;

    /// <summary>Tells the listener.</summary>
    /// <param name="Event">What.</param>
    public sealed record Emit(VenueEvent Event) : PaperEffect;

    /// <summary>Asks for funding rates; they come as <see cref="PaperInputKind.FundingRates"/>, or not and are asked for again.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="FromMs">First moment, UTC epoch milliseconds.</param>
    /// <param name="ToMs">Before this moment.</param>
    public sealed record AskFunding(string Symbol, long FromMs, long ToMs) : PaperEffect;
}
