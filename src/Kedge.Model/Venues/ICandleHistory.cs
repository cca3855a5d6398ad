namespace Kedge.Model.Venues;

/// <summary>Where candles and funding rates of the past come from. Answers are events to the listener.</summary>
public interface ICandleHistory
{
    /// <summary>Asks for candles.</summary>
    void Request(VenueCommand.QueryCandles query);

    /// <summary>Asks for funding rates.</summary>
    void Request(VenueCommand.QueryFundingRates query);
}
