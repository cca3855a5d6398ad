namespace Kedge.Model.Venues;

/// <summary>
/// A place to trade: one account at one venue. Commands go in and never block or throw for what becomes of them; everything comes back as events
/// to the listener the venue was made with.
/// </summary>
public interface IVenue : ICandleHistory, IMarketStream
{
    /// <summary>Its name in configuration and logs, for example <c>hyperliquid</c>.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    VenueCapabilities Capabilities { get; }

    /// <summary>Takes a command. May be called from any thread.</summary>
    void Send(VenueCommand command);

    /// <inheritdoc/>
    void ICandleHistory.Request(VenueCommand.QueryCandles query) => Send(query);

    /// <inheritdoc/>
    void ICandleHistory.Request(VenueCommand.QueryFundingRates query) => Send(query);

    /// <inheritdoc/>
    void IMarketStream.Request(VenueCommand.Subscribe wanted) => Send(wanted);
}
