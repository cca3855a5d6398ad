using Kedge.Model;

namespace Kedge.Data.Hub;

/// <summary>Candles of one interval that a hub keeps for each symbol.</summary>
/// <param name="Interval">Length.</param>
/// <param name="Lookback">Bars without a hole that entries need, 1…5,000.</param>
public readonly record struct HubSeriesSpec(Interval Interval, int Lookback);
