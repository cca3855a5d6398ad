using System.Numerics;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Portfolio;

/// <summary>
/// A connection to a venue: the lane's engine, which manages its orders, and the portfolio of its account. One engine has one venue and one kind of thing.
/// Immutable.
/// </summary>
/// <param name="Portfolio">The account as it is.</param>
/// <param name="Engine">Puts an event into the queue of the lane's engine; its driver's.</param>
public sealed record BrokerContext<T>(LivePortfolio<T> Portfolio, Action<EngineEvent> Engine)
    where T : struct, INumber<T>
{
    /// <summary>Name of the venue.</summary>
    public string Venue => Portfolio.Venue;

    /// <summary>What kind of thing is traded there.</summary>
    public AssetType Asset => Portfolio.Asset;

    /// <summary>Hands a signal to the engine; it becomes an order at the lane's next tick, or is refused there with a reason.</summary>
    /// <param name="strategy">Whose signal.</param>
    /// <param name="signal">What it wants.</param>
    /// <exception cref="ArgumentException">It is for another kind of thing: another context has to be asked.</exception>
    public void PlaceOrder(string strategy, StrategySignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.Asset != Asset)
        {
            throw new ArgumentException(
                $"{Venue} trades {Asset.Name()}, and the signal is for {signal.Asset.Name()}.",
                nameof(signal)
            );
        }

        Engine(new EngineEvent.StrategySignal(strategy, signal));
    }

    /// <summary>After what the lane's ledger wrote down.</summary>
    public BrokerContext<T> Sync(LedgerBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return this with { Portfolio = batch.Rows.Aggregate(Portfolio, (portfolio, row) => portfolio.After(row)) };
    }
}
