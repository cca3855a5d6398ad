namespace Kedge.Cli.Trading;

/// <summary>One position of a lane.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Side">long or short.</param>
/// <param name="Size">Base units.</param>
/// <param name="EntryPrice">Average entry price.</param>
/// <param name="Mark">Last known price.</param>
/// <param name="OpenedMs">Since when, UTC epoch milliseconds.</param>
/// <param name="Strategy">Whose it is.</param>
/// <param name="Foreign">What others hold of it on the account, signed base units.</param>
internal readonly record struct LanePosition(
    string Symbol,
    string Side,
    double Size,
    double EntryPrice,
    double Mark,
    long OpenedMs,
    string Strategy,
    decimal Foreign
);
