using Kedge.Data;

namespace Kedge.Cli.Fetch;

/// <summary>What came of one symbol.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Bars">Candles written by this run.</param>
/// <param name="Stored">First and last open time in the database now; null when there is none.</param>
/// <param name="FundingRates">Funding rates written by this run.</param>
internal sealed record FetchedSeries(string Symbol, long Bars, TimeRange? Stored, long FundingRates);
