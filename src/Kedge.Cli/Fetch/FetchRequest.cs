using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Fetch;

/// <summary>What <c>kedge data fetch</c> was asked for.</summary>
/// <param name="Network">Which venue.</param>
/// <param name="Symbols">Symbols wanted; empty for all.</param>
/// <param name="Interval">Length of the candles.</param>
/// <param name="FromMs">Earliest open time wanted; null for all that the venue keeps.</param>
/// <param name="ToMs">Candles that open before this moment; null for now.</param>
/// <param name="Folder">Folder of the databases.</param>
/// <param name="Funding">Fetch funding rates too.</param>
/// <param name="WeightShare">Part of the venue's limit on requests that may be used.</param>
internal sealed record FetchRequest(
    NetworkEndpoint Network,
    IReadOnlyList<string> Symbols,
    Interval Interval,
    long? FromMs,
    long? ToMs,
    string Folder,
    bool Funding,
    double WeightShare
);
