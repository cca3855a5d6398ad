using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Manager;

/// <summary>A venue that answers from a list, in pages, and fails as often as it is told to.</summary>
internal sealed class ScriptedVenue(IVenueListener listener) : ICandleHistory
{
    public List<VenueCandle> Candles { get; init; } = [];

    public List<(long TimeMs, double Rate)> Rates { get; init; } = [];

    public int PageSize { get; init; } = 500;

    public int Failures { get; set; }

    public List<(long FromMs, long ToMs)> Asked { get; } = [];

    public void Request(VenueCommand.QueryCandles query)
    {
        Asked.Add((query.FromMs, query.ToMs));
        VenueCandle[][] pages =
        [
            .. Candles.Where(c => c.OpenMs >= query.FromMs && c.OpenMs < query.ToMs).Chunk(PageSize).DefaultIfEmpty([]),
        ];
        for (int i = 0; i < pages.Length; i++)
        {
            if (Failures > 0 && i == pages.Length - 1)
            {
                Failures--;
                listener.On(new VenueEvent.CandlesAnswered(query.Request, [], IsLast: true, "HTTP 500"));
                return;
            }

            listener.On(new VenueEvent.CandlesAnswered(query.Request, pages[i], i == pages.Length - 1, null));
        }
    }

    public void Request(VenueCommand.QueryFundingRates query)
    {
        Asked.Add((query.FromMs, query.ToMs));
        listener.On(
            new VenueEvent.FundingRatesAnswered(
                query.Request,
                [.. Rates.Where(r => r.TimeMs >= query.FromMs && r.TimeMs < query.ToMs)],
                IsLast: true,
                null
            )
        );
    }
}
