using Kedge.Data.Feed;

namespace Kedge.Conformance.Feeds;

/// <summary>What it took until a feed lacked nothing.</summary>
/// <param name="TookMs">Virtual time.</param>
/// <param name="Weight">Request weight, as the exchange counts it.</param>
/// <param name="Questions">Questions for candles.</param>
/// <param name="End">Bars in the end.</param>
internal sealed record FeedStartResult(long TookMs, long Weight, int Questions, FeedProgress End);
