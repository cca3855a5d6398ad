using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>What a paper machine hears. A value, so that prices allocate nothing.</summary>
public readonly record struct PaperInput
{
    /// <summary>What it is.</summary>
    public PaperInputKind Kind { get; private init; }

    /// <summary>Symbol of a price or of funding rates.</summary>
    public string? Symbol { get; private init; }

    /// <summary>Mid, or bid.</summary>
    public double First { get; private init; }

    /// <summary>Offer.</summary>
    public double Second { get; private init; }

    /// <summary>When a price arrived, monotonic milliseconds.</summary>
    public long ReceivedMs { get; private init; }

    /// <summary>Command, cursor, instruments or rates.</summary>
    public object? Payload { get; private init; }

    /// <summary>Time passed.</summary>
    public static PaperInput Ticked() => new() { Kind = PaperInputKind.Ticked };

    /// <summary>Begins.</summary>
    /// <param name="cursor">What the listener has kept; null for nothing.</param>
    public static PaperInput Started(AccountCursor? cursor) => new() { Kind = PaperInputKind.Started, Payload = cursor };

    /// <summary>A command for the account.</summary>
    public static PaperInput Commanded(VenueCommand command) => new() { Kind = PaperInputKind.Commanded, Payload = command };

    /// <summary>A mid price.</summary>
    public static PaperInput Mid(string symbol, double mid, long receivedMs) =>
        new()
        {
            Kind = PaperInputKind.Mid,
            Symbol = symbol,
            First = mid,
            ReceivedMs = receivedMs,
        };

    /// <summary>Bid and offer.</summary>
    public static PaperInput Quote(string symbol, double bid, double ask, long receivedMs) =>
        new()
        {
            Kind = PaperInputKind.Quote,
            Symbol = symbol,
            First = bid,
            Second = ask,
            ReceivedMs = receivedMs,
        };

    /// <summary>All instruments that trade; one that is missing trades no more.</summary>
    public static PaperInput Instruments(IReadOnlyList<InstrumentSpec> instruments) =>
        new() { Kind = PaperInputKind.Instruments, Payload = instruments };

    /// <summary>Funding rates of a symbol: time (UTC epoch milliseconds) and hourly rate.</summary>
    public static PaperInput FundingRates(string symbol, IReadOnlyList<(long TimeMs, double Rate)> rates) =>
        new()
        {
            Kind = PaperInputKind.FundingRates,
            Symbol = symbol,
            Payload = rates,
        };
}
