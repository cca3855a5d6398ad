using System.Numerics;
using Kedge.Model;

namespace Kedge.Trading.Portfolio;

/// <summary>What an account holds of one symbol.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Asset">What kind of thing it is.</param>
/// <param name="Strategy">Whose it is; empty when nobody's of ours.</param>
/// <param name="Size">Signed base units, not 0.</param>
/// <param name="EntryPrice">Average price of what is held: the cost basis of one unit.</param>
/// <param name="Mark">Last price known.</param>
public sealed record PortfolioHolding<T>(string Symbol, AssetType Asset, string Strategy, T Size, T EntryPrice, T Mark)
    where T : struct, INumber<T>
{
    /// <summary>Cost of what is held, signed, quote currency.</summary>
    public T Cost => Size * EntryPrice;

    /// <summary>Worth of what is held, signed, quote currency: its net exposure.</summary>
    public T Exposure => Size * Mark;

    /// <summary>Profit that is not realised, quote currency.</summary>
    public T Unrealised => Size * (Mark - EntryPrice);
}
