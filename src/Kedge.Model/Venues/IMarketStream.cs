namespace Kedge.Model.Venues;

/// <summary>Where live prices and candles come from. They go to the listener.</summary>
public interface IMarketStream
{
    /// <summary>Sets which streams are wanted; replaces what was wanted before.</summary>
    void Request(VenueCommand.Subscribe wanted);
}
