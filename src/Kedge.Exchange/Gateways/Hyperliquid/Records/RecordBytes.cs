using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Records as words of a saved state.</summary>
internal static class RecordBytes
{
    private static readonly string[] LedgerKinds =
    [
        "deposit",
        "withdraw",
        "accountClassTransfer",
        "subAccountTransfer",
        "internalTransfer",
        "liquidation",
    ];

    public static void Write(StateWriter writer, FillRecord fill)
    {
        writer.Write(fill.Symbol);
        writer.Write((long)fill.Side);
        writer.Write(fill.Price);
        writer.Write(fill.Size);
        writer.Write(fill.TimeMs);
        writer.Write(fill.StartPosition);
        writer.Write(fill.ClosedPnl);
        writer.Write(fill.Fee);
        writer.Write(fill.OrderId);
        writer.WriteWide(fill.Cloid);
        writer.Write(fill.TradeId);
        writer.Write(fill.IsTaker);
        writer.Write(fill.LiquidationMark);
        writer.Write(fill.IsBackstop);
        writer.Write(fill.LiquidatedAccount);
    }

    public static FillRecord ReadFill(ref StateReader reader, int account, int symbols) =>
        new(
            account,
            reader.ReadIndex(symbols),
            (OrderSide)reader.ReadIndex(2),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.ReadWide(),
            reader.Read(),
            reader.ReadBool(),
            reader.Read(),
            reader.ReadBool(),
            (int)reader.Read()
        );

    public static void Write(StateWriter writer, OrderRecord order)
    {
        OrderRequest request = order.Request;
        writer.Write(order.OrderId);
        writer.Write(request.Symbol);
        writer.Write((long)request.Side);
        writer.Write(request.Price);
        writer.Write(request.Size);
        writer.Write((long)request.TimeInForce);
        writer.Write(request.ReduceOnly);
        writer.WriteWide(request.Cloid);
        writer.Write((long)request.Trigger);
        writer.Write(request.TriggerPrice);
        writer.Write(request.TriggerIsMarket);
        writer.Write(order.Remaining);
        writer.Write((long)order.Status);
        writer.Write(order.PlacedMs);
        writer.Write(order.StatusMs);
        writer.Write(order.FollowsPosition);
        writer.Write(order.ParentId);
    }

    public static OrderRecord ReadOrder(ref StateReader reader, int account, int symbols)
    {
        long id = reader.Read();
        OrderRequest request = new(
            reader.ReadIndex(symbols),
            (OrderSide)reader.ReadIndex(2),
            reader.Read(),
            reader.Read(),
            (TimeInForce)reader.ReadIndex(4),
            reader.ReadBool(),
            reader.ReadWide(),
            (TriggerKind)reader.ReadIndex(3),
            reader.Read(),
            reader.ReadBool()
        );
        return new OrderRecord(
            account,
            id,
            request,
            reader.Read(),
            (OrderStatus)reader.ReadIndex(byte.MaxValue),
            reader.Read(),
            reader.Read(),
            reader.ReadBool(),
            reader.Read()
        );
    }

    public static void Write(StateWriter writer, FundingRecord payment)
    {
        writer.Write(payment.Symbol);
        writer.Write(payment.TimeMs);
        writer.Write(payment.Amount);
        writer.Write(payment.Size);
        writer.Write(payment.Rate);
    }

    public static FundingRecord ReadFunding(ref StateReader reader, int account, int symbols) =>
        new(account, reader.ReadIndex(symbols), reader.Read(), reader.Read(), reader.Read(), reader.Read());

    public static void Write(StateWriter writer, LedgerRecord entry)
    {
        writer.Write(entry.TimeMs);
        writer.Write(Array.IndexOf(LedgerKinds, entry.Kind));
        writer.Write(entry.Amount);
        writer.Write(entry.Other);
    }

    public static LedgerRecord ReadLedger(ref StateReader reader, int account) =>
        new(account, reader.Read(), LedgerKinds[reader.ReadIndex(LedgerKinds.Length)], reader.Read(), (int)reader.Read());

    public static void Write(StateWriter writer, TradeRecord trade)
    {
        writer.Write((long)trade.Aggressor);
        writer.Write(trade.Price);
        writer.Write(trade.Size);
        writer.Write(trade.TimeMs);
        writer.Write(trade.TradeId);
        writer.Write(trade.Buyer);
        writer.Write(trade.Seller);
    }

    public static TradeRecord ReadTrade(ref StateReader reader, int symbol) =>
        new(
            symbol,
            (OrderSide)reader.ReadIndex(2),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            reader.Read(),
            (int)reader.Read(),
            (int)reader.Read()
        );
}
