using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Oms;

/// <summary>An order of the kernel as an intent of the ledger.</summary>
internal static class IntentRows
{
    public static LedgerRow.IntentCreated Of(
        EngineSettings settings,
        EngineRules rules,
        in KernelOrder order,
        in Snapshot view,
        Amount size,
        decimal? limit,
        long? expiresMs,
        long sequence,
        long nowMs,
        bool byOperator,
        StrategySignal? signal
    )
    {
        string symbol = rules.Symbols[order.Symbol];
        StrategyIdentity strategy = settings.StrategyOf(symbol);
        bool isEntry = order.Action is OrderAction.Open or OrderAction.Add;
        return new LedgerRow.IntentCreated(
            IntentIds.Make(settings.Lane, symbol, order.Action, order.TimeMs, sequence),
            settings.Lane,
            nowMs,
            symbol,
            order.Action,
            order.Buys,
            size,
            Amount.Of(size.ToDouble() * order.ExpectedPrice),
            limit is { } price ? Amount.Of(price) : null,
            isEntry ? order.EntryAtr : null,
            order.Leverage,
            order.TimeMs,
            strategy.Name,
            strategy.Version,
            rules.ConfigId,
            ReasonText.For(order),
            Of(order.Confidence),
            isEntry ? DedupeKeys.Make(order.Action, symbol, order.Buys, order.TimeMs) : null,
            ClientOrderIds.Make(settings.ClientOrderPrefix, settings.Lane, symbol, order.Action, order.TimeMs, sequence),
            sequence,
            byOperator ? IntentOwner.Operator : IntentOwner.Engine,
            !isEntry,
            TimeInForce.Ioc,
            expiresMs,
            IntentMeta.Of(order, view, strategy, signal)
        );
    }

    public static string Of(Confidence confidence) =>
        confidence switch
        {
            Confidence.Low => "low",
            Confidence.High => "high",
            _ => "medium",
        };
}
