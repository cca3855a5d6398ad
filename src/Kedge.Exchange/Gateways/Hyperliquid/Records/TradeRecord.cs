using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>One trade on the tape.</summary>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="Aggressor">Side of the taker.</param>
/// <param name="Price">Ticks.</param>
/// <param name="Size">Lots.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
/// <param name="TradeId">Its id.</param>
/// <param name="Buyer">Account, −1 when nobody's account moved.</param>
/// <param name="Seller">Account, −1 when nobody's account moved.</param>
internal sealed record TradeRecord(
    int Symbol,
    OrderSide Aggressor,
    long Price,
    long Size,
    long TimeMs,
    long TradeId,
    int Buyer,
    int Seller
);
