namespace Kedge.Model.Market;

/// <summary>
/// Names the candle a decision is made on, epoch milliseconds: when signals are on close, the close time (open + interval) of the last closed candle;
/// else the open time of the newest one, which may still form.
/// </summary>
public static class CandleKey
{
    /// <summary>Not known: the symbol must be analysed.</summary>
    public const long Unknown = 0;

    /// <summary>The symbol is not watched: nothing is to be done.</summary>
    public const long NotWatched = -1;
}
