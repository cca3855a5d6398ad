using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>A question to the venue that is not answered yet.</summary>
internal sealed record RestQuestion(HubSymbol Symbol, HubSeries Series, long FromMs, long AskedMs, bool IsForPrice)
{
    /// <summary>What was answered so far.</summary>
    public List<VenueCandle> Bars { get; } = [];
}
