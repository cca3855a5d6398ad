namespace Kedge.Model.Venues;

/// <summary>Takes prices as they come, without allocation. Called on the adapter's thread; must not block.</summary>
public interface IPriceSink
{
    /// <summary>Mid price of a symbol.</summary>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="mid">Price, above zero.</param>
    /// <param name="receivedMonotonicMs">When it arrived, monotonic clock of the machine.</param>
    void Mid(string symbol, double mid, long receivedMonotonicMs);

    /// <summary>Best bid and offer of a symbol; a side that is empty has price 0.</summary>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="bid">Best bid.</param>
    /// <param name="ask">Best offer.</param>
    /// <param name="venueMs">The venue's time of it, UTC epoch milliseconds.</param>
    /// <param name="receivedMonotonicMs">When it arrived.</param>
    void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs);
}
