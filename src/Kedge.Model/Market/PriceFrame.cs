namespace Kedge.Model.Market;

/// <summary>A price with what must be known before it is used. Nothing is opened at one that is not <see cref="IsFresh"/>.</summary>
/// <param name="Price">Above zero; 0 when there is none.</param>
/// <param name="Bid">Best bid; 0 when not known, or too old.</param>
/// <param name="Ask">Best offer; 0 when not known, or too old.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="AgeMs">Milliseconds since it was known to hold; <see cref="long.MaxValue"/> when there is none.</param>
/// <param name="ChangedAgeMs">Milliseconds since it last changed; not less than the age.</param>
/// <param name="IsFresh">It is not older than the reader allowed, and not a repetition of one that stands still for too long.</param>
public readonly record struct PriceFrame(
    double Price,
    double Bid,
    double Ask,
    PriceKind Kind,
    HubSource Source,
    long AgeMs,
    long ChangedAgeMs,
    bool IsFresh
)
{
    /// <summary>No price.</summary>
    public static PriceFrame None { get; } =
        new(0.0, 0.0, 0.0, PriceKind.None, HubSource.None, long.MaxValue, long.MaxValue, IsFresh: false);
}
