namespace Kedge.Exchange.Core;

/// <summary>What happens to the part of a limit order that does not match at once.</summary>
public enum TimeInForce : byte
{
    /// <summary>It rests until filled or cancelled.</summary>
    Gtc,

    /// <summary>It is cancelled. An order that matches nothing is rejected.</summary>
    Ioc,

    /// <summary>Add liquidity only: an order that would match anything is rejected.</summary>
    Alo,

    /// <summary>As <see cref="Ioc"/>, but an empty book is told apart ("No liquidity available for market order.").</summary>
    FrontendMarket,
}
