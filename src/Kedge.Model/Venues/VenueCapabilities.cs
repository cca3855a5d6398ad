namespace Kedge.Model.Venues;

/// <summary>What a venue can do.</summary>
[Flags]
public enum VenueCapabilities
{
    /// <summary>Immediate orders only.</summary>
    None = 0,

    /// <summary>Orders rest in a book, so that Gtc and Alo mean something.</summary>
    RestingOrders = 1,

    /// <summary>Trigger orders.</summary>
    Triggers = 2,

    /// <summary>Brackets: take profit and stop loss that wait for a parent.</summary>
    Brackets = 4,

    /// <summary>Orders can be replaced.</summary>
    Modify = 8,

    /// <summary>A dead man's switch.</summary>
    ScheduledCancel = 16,

    /// <summary>Perpetual funding.</summary>
    Funding = 32,

    /// <summary>Candles and funding rates of the past.</summary>
    History = 64,

    /// <summary>Orders reach somebody else: fills are real.</summary>
    Sends = 128,
}
