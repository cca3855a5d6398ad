using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>What the operator of a simulated venue can do. The set is closed; each is carried out at once, between requests.</summary>
public abstract record VenueOperation
{
    private VenueOperation() { }

    /// <summary>Opens an account with funds.</summary>
    /// <param name="Account">Its address.</param>
    /// <param name="Agent">An API wallet that may sign for it, or null.</param>
    /// <param name="Usd">Deposit, micro-USD.</param>
    public sealed record OpenAccount(Address Account, Address? Agent, long Usd) : VenueOperation;

    /// <summary>Commands for the core as they are, for example of a <see cref="Market.HouseQuoter"/>.</summary>
    /// <param name="Commands">Carried out in order.</param>
    public sealed record Command(IReadOnlyList<ExchangeCommand> Commands) : VenueOperation;

    /// <summary>Fills part of a resting order against the house and cancels the rest.</summary>
    /// <param name="Account">Address.</param>
    /// <param name="OrderId">The order.</param>
    /// <param name="Lots">How much is filled first; 0 for half.</param>
    public sealed record FillThenCancel(Address Account, long OrderId, long Lots) : VenueOperation;

    /// <summary>Liquidates an account as if it had fallen below maintenance.</summary>
    /// <param name="Account">Address.</param>
    public sealed record Liquidate(Address Account) : VenueOperation;

    /// <summary>Auto-deleveraging: closes part of a profitable position against the house at the mark.</summary>
    /// <param name="Account">Address.</param>
    /// <param name="Symbol">Index of the instrument.</param>
    /// <param name="Lots">How much; 0 for all.</param>
    public sealed record Deleverage(Address Account, int Symbol, long Lots) : VenueOperation;

    /// <summary>Takes an instrument off the venue: orders are cancelled, positions settled at the mark, new orders refused.</summary>
    /// <param name="Symbol">Index of the instrument; ids never shift.</param>
    public sealed record Delist(int Symbol) : VenueOperation;

    /// <summary>
    /// Makes sizes of an instrument coarser or finer. Orders are cancelled first; positions keep their size even when it is no multiple of the new
    /// lot (they can be closed in full).
    /// </summary>
    /// <param name="Symbol">Index of the instrument.</param>
    /// <param name="SizeDecimals">New decimals of a size; not more than those the instrument was made with.</param>
    public sealed record ChangeLotSize(int Symbol, int SizeDecimals) : VenueOperation;

    /// <summary>Shifts the time the venue tells and judges by.</summary>
    /// <param name="ByMs">Milliseconds; matching and funding keep the true time.</param>
    public sealed record StepClock(long ByMs) : VenueOperation;

    /// <summary>Changes a candle that is already closed, as a venue does that corrects itself.</summary>
    /// <param name="Symbol">Index of the instrument.</param>
    /// <param name="OpenMs">Open time of the 1m candle; coarser ones follow.</param>
    /// <param name="Close">New close, ticks; the range grows to enclose it.</param>
    public sealed record ReviseCandle(int Symbol, long OpenMs, long Close) : VenueOperation;
}
