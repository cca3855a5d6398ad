using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>Keeps what slower sources told. What it holds already stays as it is.</summary>
public interface IDataStore
{
    /// <summary>Adds candles that are not there, all or none.</summary>
    /// <param name="request">Symbol, asset type and interval.</param>
    /// <param name="candles">Closed candles.</param>
    /// <param name="nowMs">Stamp of what is written, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4).</exception>
    void Fill(DataRequest request, IReadOnlyList<VenueCandle> candles, long nowMs);

    /// <summary>Adds funding rates that are not there, all or none.</summary>
    /// <param name="request">Symbol and asset type.</param>
    /// <param name="rates">Rates.</param>
    /// <param name="nowMs">Stamp of what is written, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4).</exception>
    void Fill(DataRequest request, IReadOnlyList<FundingPoint> rates, long nowMs);
}
