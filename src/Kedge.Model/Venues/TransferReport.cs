namespace Kedge.Model.Venues;

/// <summary>Money that moved for another reason than trading and funding. Delivered once.</summary>
/// <param name="Kind">The venue's word.</param>
/// <param name="Usd">Came in; negative went out; null when the venue does not say.</param>
/// <param name="Key">Identifies it.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
public sealed record TransferReport(string Kind, decimal? Usd, string Key, long TimeMs);
