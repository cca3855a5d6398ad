using Kedge.Model.Venues;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>What was traded in a day, of what trades.</summary>
public sealed class DayVolumeTests
{
    [Fact]
    public void Volumes_come_with_their_symbols_and_without_those_that_are_delisted()
    {
        FakeVenue venue = new(hasAccount: false);
        venue.Delisted.Add("ETH");
        VenueEvent.DayVolumesAnswered told = Ask(venue);
        Assert.Null(told.Error);
        Assert.Equal([new DayVolume("BTC", 300.5), new DayVolume("SOL", 0.0)], told.Volumes);
    }

    [Fact]
    public void Volumes_that_do_not_fit_the_instruments_are_an_error_and_not_a_guess()
    {
        FakeVenue venue = new(hasAccount: false);
        venue.Volumes.RemoveAt(2);
        VenueEvent.DayVolumesAnswered told = Ask(venue);
        Assert.NotNull(told.Error);
        Assert.Empty(told.Volumes);
    }

    [Fact]
    public void A_venue_that_does_not_answer_is_told_as_an_error()
    {
        FakeVenue venue = new(hasAccount: false)
        {
            Status = body => body.Contains("metaAndAssetCtxs", StringComparison.Ordinal) ? 500 : 200,
        };
        Assert.Equal("HTTP 500", Ask(venue).Error);
    }

    private static VenueEvent.DayVolumesAnswered Ask(FakeVenue venue)
    {
        venue.Start().Run(2_000);
        venue.Command(new VenueCommand.QueryDayVolumes());
        venue.Run(20_000);
        return Assert.Single(venue.Events.OfType<VenueEvent.DayVolumesAnswered>());
    }
}
