namespace Kedge.Exchange.Core;

/// <summary>What an <see cref="ExchangeEvent"/> tells.</summary>
public enum EventKind : byte
{
    /// <summary>
    /// The answer to one element of a request (index in <see cref="ExchangeEvent.Index"/>; −1 for the request as a whole). For orders: id,
    /// status; filled lots in Size and their notional in Amount. For a refused post-only order Price is the best bid and Amount the best ask.
    /// </summary>
    Reply,

    /// <summary>An order changed its state: id, side, limit, lots left in Size, lots at first in OriginalSize, status.</summary>
    OrderUpdate,

    /// <summary>One side of a trade: lots, price, fee, closed profit, position before, trade id, cause.</summary>
    Fill,

    /// <summary>A trade on the tape; Side is the aggressor's, Account the buyer, Other the seller (−1 when nobody's account moved).</summary>
    Trade,

    /// <summary>Funding of one position: Amount is what the account received (negative: paid), Size the position, Price the oracle, Fee the rate.</summary>
    Funding,

    /// <summary>An account (Symbol −1) or isolated position is being liquidated. Amount is its value, Fee its maintenance requirement; Flag: backstop.</summary>
    Liquidation,

    /// <summary>The house covered what a liquidation or a close left below zero: Amount.</summary>
    BadDebt,

    /// <summary>What a liquidated account or position left when the house took it over: Amount; below zero the house paid.</summary>
    Forfeit,

    /// <summary>Money moved between accounts: Account gave, Other received Amount.</summary>
    Transfer,

    /// <summary>An account was opened: Account, and its master in Other (−1: none).</summary>
    AccountOpened,

    /// <summary>Mark (Price) and oracle (Amount) of a symbol changed.</summary>
    PriceChanged,

    /// <summary>An instrument changed: Size is the decimals that sizes of orders may have now; Flag: it is off the exchange.</summary>
    InstrumentChanged,

    /// <summary>Ask the host to send <see cref="ExchangeCommand.TimerFired"/> when the monotonic clock shows Amount.</summary>
    SetTimer,
}
