using System.Numerics;
using Kedge.Model;

namespace Kedge.Trading.Portfolio;

/// <summary>Several accounts together, live ones or paper ones: sums of theirs, no more. Immutable.</summary>
public sealed class MetaPortfolio<T>
    where T : struct, INumber<T>
{
    /// <summary>The sum of accounts.</summary>
    /// <param name="portfolios">Each account once.</param>
    /// <exception cref="ArgumentException">An account of a venue comes twice.</exception>
    public MetaPortfolio(IReadOnlyList<LivePortfolio<T>> portfolios)
    {
        ArgumentNullException.ThrowIfNull(portfolios);
        if (portfolios.DistinctBy(p => (p.Venue, p.Account)).Count() != portfolios.Count)
        {
            throw new ArgumentException("An account of a venue comes once.", nameof(portfolios));
        }

        Portfolios = portfolios;
    }

    /// <summary>The accounts.</summary>
    public IReadOnlyList<LivePortfolio<T>> Portfolios { get; }

    /// <summary>Σ cash.</summary>
    public T Cash => Sum(static p => p.Cash);

    /// <summary>Σ closed profit before fees.</summary>
    public T Realised => Sum(static p => p.Realised);

    /// <summary>Σ profit that is not realised.</summary>
    public T Unrealised => Sum(static p => p.Unrealised);

    /// <summary>Σ equity.</summary>
    public T Equity => Sum(static p => p.Equity);

    /// <summary>Exposure over everything.</summary>
    public Exposure<T> Exposure => new(Sum(static p => p.NetExposure), Sum(static p => p.GrossExposure));

    /// <summary>Exposure by what it is: the same letters may name a perpetual and a coin.</summary>
    public IReadOnlyDictionary<(AssetType Asset, string Symbol), Exposure<T>> BySymbol => By(h => (h.Asset, h.Symbol));

    /// <summary>Exposure by kind of thing.</summary>
    public IReadOnlyDictionary<AssetType, Exposure<T>> ByAsset => By(h => h.Asset);

    /// <summary>Exposure by strategy; empty for what is nobody's.</summary>
    public IReadOnlyDictionary<string, Exposure<T>> ByStrategy => By(h => h.Strategy);

    private Dictionary<TKey, Exposure<T>> By<TKey>(Func<PortfolioHolding<T>, TKey> key)
        where TKey : notnull
    {
        Dictionary<TKey, Exposure<T>> by = [];
        foreach (PortfolioHolding<T> held in Portfolios.SelectMany(p => p.Holdings.Values))
        {
            by[key(held)] = by.GetValueOrDefault(key(held)) + new Exposure<T>(held.Exposure, T.Abs(held.Exposure));
        }

        return by;
    }

    private T Sum(Func<LivePortfolio<T>, T> of) => Portfolios.Aggregate(T.Zero, (sum, p) => sum + of(p));
}
