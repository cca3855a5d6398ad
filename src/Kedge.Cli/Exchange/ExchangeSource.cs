using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>Where the market of a simulated venue comes from.</summary>
/// <param name="Bars">Candle databases: files and folders, comma separated; null for a generated market.</param>
/// <param name="Seed">Seed of the generated market and of the paths inside bars.</param>
/// <param name="Symbols">Symbols wanted; empty for all.</param>
/// <param name="Interval">Length of the bars.</param>
/// <param name="Instruments">Instrument metadata; null for usual values.</param>
internal sealed record ExchangeSource(
    string? Bars,
    ulong Seed,
    IReadOnlyList<string> Symbols,
    Interval Interval,
    string? Instruments
);
