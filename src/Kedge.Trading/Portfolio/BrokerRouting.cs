using System.Numerics;
using Kedge.Model;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Portfolio;

/// <summary>Which lane a signal goes to: the one that trades its kind of thing. A lane never chooses between venues. Immutable.</summary>
public sealed class BrokerRouting<T>
    where T : struct, INumber<T>
{
    private readonly Dictionary<AssetType, BrokerContext<T>> _byAsset = [];

    /// <summary>Routes over lanes.</summary>
    /// <param name="contexts">Lanes, one for each kind of thing.</param>
    /// <exception cref="KedgeException">Two trade the same kind (exit 2).</exception>
    public BrokerRouting(IReadOnlyList<BrokerContext<T>> contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        foreach (BrokerContext<T> context in contexts)
        {
            if (!_byAsset.TryAdd(context.Asset, context))
            {
                throw KedgeException.Usage(
                    $"{context.Asset.Name()} would go to {_byAsset[context.Asset].Venue} and to {context.Venue}: a kind of thing has one venue; take one away"
                );
            }
        }

        Contexts = contexts;
    }

    /// <summary>The lanes.</summary>
    public IReadOnlyList<BrokerContext<T>> Contexts { get; }

    /// <summary>All accounts together.</summary>
    public MetaPortfolio<T> Portfolio => new([.. Contexts.Select(c => c.Portfolio)]);

    /// <summary>Hands a signal to the lane that trades its kind.</summary>
    /// <exception cref="KedgeException">None does (exit 2).</exception>
    public void PlaceOrder(string strategy, StrategySignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (!_byAsset.TryGetValue(signal.Asset, out BrokerContext<T>? context))
        {
            throw KedgeException.Usage(
                $"strategy {strategy} wants {signal.Symbol} as {signal.Asset.Name()}, and no lane trades that; there is {string.Join(", ", _byAsset.Keys.Select(a => a.Name()))}"
            );
        }

        context.PlaceOrder(strategy, signal);
    }
}
