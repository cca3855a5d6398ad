using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Questions about an account.</summary>
internal sealed partial class InfoDesk
{
    private bool TryAccount(string type, JsonElement query)
    {
        if (!TryUser(query, out int account))
        {
            return false;
        }

        switch (type)
        {
            case "clearinghouseState":
                AccountJson.Write(_json, store, account);
                return IsOwnDex(query);
            case "spotClearinghouseState":
                _json.WriteStartObject();
                _json.WriteStartArray("balances"u8);
                _json.WriteEndArray();
                _json.WriteEndObject();
                return true;
            case "openOrders":
                OrderJson.WriteBasic(_json, Core, account);
                return IsOwnDex(query);
            case "frontendOpenOrders":
                OrderJson.WriteFrontend(_json, Core, account);
                return IsOwnDex(query);
            case "orderStatus":
                return TryOrderStatus(query, account);
            case "historicalOrders":
                WriteHistory(account);
                return true;
            case "userFills":
                return TryFills(query, account);
            case "userFillsByTime":
                return TryFillsByTime(query, account);
            case "userFunding":
                return TryPayments(query, store.Funding(account), payment => payment.TimeMs, WriteFunding);
            case "userNonFundingLedgerUpdates":
                return TryPayments(query, store.Ledger(account), entry => entry.TimeMs, WriteLedger);
            default:
                return TryAccountSettings(type, query, account);
        }
    }

    private void WriteFunding(FundingRecord payment) => VenueJson.Funding(_json, Core, payment);

    private void WriteLedger(LedgerRecord entry) => VenueJson.LedgerUpdate(_json, Core, entry);

    private bool TryOrderStatus(JsonElement query, int account)
    {
        if (!OrderRead.TryTarget(query, "oid"u8, out OrderTarget target))
        {
            return false;
        }

        OrderRecord? record = null;
        if (account > 0)
        {
            OrderHistory orders = store.Account(account).Orders;
            record = target.OrderId != 0 ? orders.Find(target.OrderId) : orders.Find(target.Cloid);

            // A live order comes before an older one by the same client id, and may be older than what is remembered.
            if (Core.TryOrder(account, target, out OrderView live) && record?.OrderId != live.OrderId)
            {
                record = orders.Find(live.OrderId) ?? OrderJson.Record(account, in live);
            }
        }

        _json.WriteStartObject();
        _json.WriteString("status"u8, record is null ? "unknownOid"u8 : "order"u8);
        if (record is not null)
        {
            _json.WritePropertyName("order"u8);
            VenueJson.HistoricalOrder(_json, Core, record);
        }

        _json.WriteEndObject();
        return true;
    }

    /// <summary>Newest first.</summary>
    private void WriteHistory(int account)
    {
        _json.WriteStartArray();
        foreach (OrderRecord record in account > 0 ? store.Account(account).Orders.Records.Reverse() : [])
        {
            _items++;
            VenueJson.HistoricalOrder(_json, Core, record);
        }

        _json.WriteEndArray();
    }

    /// <summary>Newest first.</summary>
    private bool TryFills(JsonElement query, int account)
    {
        if (!query.TryOptionalFlag("aggregateByTime"u8, out bool aggregate))
        {
            return false;
        }

        IReadOnlyList<FillRecord> fills = aggregate ? VenueJson.Aggregate(store.Fills(account)) : store.Fills(account);
        _json.WriteStartArray();
        for (int i = fills.Count - 1; i >= Math.Max(0, fills.Count - store.Settings.FillsServed); i--)
        {
            _items++;
            VenueJson.Fill(_json, Core, fills[i]);
        }

        _json.WriteEndArray();
        return true;
    }

    /// <summary>Oldest first from the start of the span; with <c>reversed</c> newest first from its end.</summary>
    private bool TryFillsByTime(JsonElement query, int account)
    {
        if (
            !TryRange(query, out long from, out long to)
            || !query.TryOptionalFlag("aggregateByTime"u8, out bool aggregate)
            || !query.TryOptionalFlag("reversed"u8, out bool reversed)
        )
        {
            return false;
        }

        IReadOnlyList<FillRecord> all = aggregate ? VenueJson.Aggregate(store.Fills(account)) : store.Fills(account);
        IEnumerable<FillRecord> chosen = all.Where(fill => fill.TimeMs >= from && fill.TimeMs <= to);
        _json.WriteStartArray();
        foreach (FillRecord fill in (reversed ? chosen.Reverse() : chosen).Take(store.Settings.FillsServed))
        {
            _items++;
            VenueJson.Fill(_json, Core, fill);
        }

        _json.WriteEndArray();
        return true;
    }

    private bool TryPayments<T>(JsonElement query, IReadOnlyList<T> entries, Func<T, long> time, Action<T> write)
    {
        if (!TryRange(query, out long from, out long to))
        {
            return false;
        }

        _json.WriteStartArray();
        foreach (T entry in entries)
        {
            if (time(entry) >= from && time(entry) <= to && _items < store.Settings.PageSize)
            {
                _items++;
                write(entry);
            }
        }

        _json.WriteEndArray();
        return true;
    }
}
