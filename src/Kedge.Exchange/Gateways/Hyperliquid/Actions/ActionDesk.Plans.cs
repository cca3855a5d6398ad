using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>From the JSON of an action to what is to be done. Nothing is done here, so a malformed action has no effect at all.</summary>
internal sealed partial class ActionDesk
{
    private bool TryPlan(in Envelope envelope, out Plan plan)
    {
        if (UserSignedAction.TypeOf(envelope.Type) is { } type)
        {
            return TryPlanUser(in envelope, type, out plan);
        }

        _packed.Reset();
        plan = default;
        return MsgPackJson.TryWrite(_packed, envelope.Action) && TryPlanAction(envelope.Type, envelope.Action, out plan);
    }

    private bool TryPlanAction(string type, JsonElement action, out Plan plan)
    {
        switch (type)
        {
            case "order":
                return TryPlanOrders(action, out plan);
            case "cancel":
                return TryPlanCancels(action, byCloid: false, out plan);
            case "cancelByCloid":
                return TryPlanCancels(action, byCloid: true, out plan);
            case "modify":
                return TryPlanModify(action, out plan);
            case "batchModify":
                return TryPlanModifies(action, out plan);
            case "scheduleCancel":
                return TryPlanSchedule(action, out plan);
            case "updateLeverage":
                return TryPlanLeverage(action, out plan);
            case "updateIsolatedMargin":
                return TryPlanMargin(action, out plan);
            case "createSubAccount":
                return TryPlanSubAccount(action, out plan);
            case "subAccountTransfer":
                return TryPlanSubTransfer(action, out plan);
            case "noop":
                plan = new Plan(_ => Verdict.Done);
                return true;
            case "setReferrer":
                plan = new Plan(_ => Verdict.Done);
                return action.TryText("code"u8, out _);
            case "reserveRequestWeight":
                plan = new Plan(_ => Verdict.Done);
                return action.TryWhole("weight"u8, out long weight) && weight >= 0;
            default:
                plan = new Plan(_ => Verdict.Done, Refusal: $"Action {type} is not supported.");
                return true;
        }
    }

    private bool TryPlanOrders(JsonElement action, out Plan plan)
    {
        plan = default;
        if (
            !TryItems(action, "orders"u8, out JsonElement items)
            || !TryGrouping(action, out OrderGrouping grouping)
            || !TryBuilder(action, out string? builder, out int fee)
        )
        {
            return false;
        }

        OrderRequest[] orders = new OrderRequest[items.GetArrayLength()];
        int n = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (!OrderRead.TryOrder(item, store.Core.Settings.Instruments, out orders[n++]))
            {
                return false;
            }
        }

        plan = new Plan(account => Place(account, orders, grouping, builder, fee), orders.Length);
        return true;
    }

    private bool TryPlanCancels(JsonElement action, bool byCloid, out Plan plan)
    {
        plan = default;
        if (!TryItems(action, "cancels"u8, out JsonElement items))
        {
            return false;
        }

        (long Asset, OrderTarget Target)[] cancels = new (long, OrderTarget)[items.GetArrayLength()];
        int n = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            OrderTarget target = default;
            UInt128 cloid = default;
            bool isRead = byCloid
                ? item.TryMember("cloid"u8, out JsonElement text) && text.TryCloid(out cloid)
                : item.TryWhole("o"u8, out _) && OrderRead.TryTarget(item, "o"u8, out target);
            if (!isRead || !item.TryWhole(byCloid ? "asset"u8 : "a"u8, out long asset))
            {
                return false;
            }

            cancels[n++] = (asset, byCloid ? OrderRead.ByCloid(cloid) : target);
        }

        plan = new Plan(account => Cancel(account, cancels), cancels.Length);
        return true;
    }

    private bool TryPlanModify(JsonElement action, out Plan plan)
    {
        bool isRead = TryModify(action, out ModifyRequest modify) & TryAlways(action, out bool always);
        plan = new Plan(account => ModifyOne(account, modify with { AlwaysPlace = always }));
        return isRead;
    }

    private bool TryPlanModifies(JsonElement action, out Plan plan)
    {
        plan = default;
        if (!TryItems(action, "modifies"u8, out JsonElement items) || !TryAlways(action, out bool always))
        {
            return false;
        }

        ModifyRequest[] modifies = new ModifyRequest[items.GetArrayLength()];
        int n = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (!TryModify(item, out ModifyRequest modify))
            {
                return false;
            }

            modifies[n++] = modify with { AlwaysPlace = always };
        }

        plan = new Plan(account => ModifyMany(account, modifies), modifies.Length);
        return true;
    }

    private bool TryPlanSchedule(JsonElement action, out Plan plan)
    {
        long time = 0;
        bool isRead = !action.TryMember("time"u8, out JsonElement given) || (given.TryWhole(out time) && time > 0);
        plan = new Plan(account => Settle(ExchangeCommand.ScheduleCancel(account, TrueTime(time), NextRequest++), account));
        return isRead;
    }

    private bool TryPlanLeverage(JsonElement action, out Plan plan)
    {
        bool isRead =
            action.TryWhole("asset"u8, out long asset)
            & action.TryFlag("isCross"u8, out bool isCross)
            & action.TryWhole("leverage"u8, out long leverage);
        plan = new Plan(account =>
            Settle(
                ExchangeCommand.UpdateLeverage(
                    account,
                    Symbol(asset),
                    (int)Math.Clamp(leverage, 0, int.MaxValue),
                    isCross,
                    NextRequest++
                ),
                account
            )
        );
        return isRead;
    }

    private bool TryPlanMargin(JsonElement action, out Plan plan)
    {
        bool isRead =
            action.TryWhole("asset"u8, out long asset)
            & action.TryFlag("isBuy"u8, out _)
            & action.TryWhole("ntli"u8, out long amount);
        plan = new Plan(account =>
            Settle(ExchangeCommand.UpdateIsolatedMargin(account, Symbol(asset), amount, NextRequest++), account)
        );
        return isRead;
    }

    private bool TryPlanSubAccount(JsonElement action, out Plan plan)
    {
        bool isRead = action.TryText("name"u8, out string? name);
        plan = new Plan(account => CreateSubAccount(account, name ?? ""));
        return isRead;
    }

    private bool TryPlanSubTransfer(JsonElement action, out Plan plan)
    {
        bool isRead =
            action.TryText("subAccountUser"u8, out string? user)
            & action.TryFlag("isDeposit"u8, out bool isDeposit)
            & action.TryWhole("usd"u8, out long amount);
        int sub = user is null ? -2 : store.FindAccount(user);
        plan = new Plan(account => MoveToSub(account, sub, isDeposit, amount));
        return isRead && sub != -2;
    }

    private bool TryModify(JsonElement json, out ModifyRequest modify)
    {
        OrderRequest order = default;
        bool isRead =
            OrderRead.TryTarget(json, "oid"u8, out OrderTarget target)
            && json.TryMember("order"u8, out JsonElement inner)
            && OrderRead.TryOrder(inner, store.Core.Settings.Instruments, out order);
        modify = new ModifyRequest(target, order);
        return isRead;
    }

    private static bool TryAlways(JsonElement json, out bool always) => json.TryOptionalFlag("a"u8, out always);

    /// <summary>A list that is neither empty nor longer than a batch may be.</summary>
    private static bool TryItems(JsonElement action, ReadOnlySpan<byte> name, out JsonElement items) =>
        action.TryMember(name, out items)
        && items.ValueKind == JsonValueKind.Array
        && items.GetArrayLength() is > 0 and <= OrderRead.BatchMax;

    /// <summary>A grouping word; <c>{p: n}</c> is a priority fee, which is not charged.</summary>
    private static bool TryGrouping(JsonElement action, out OrderGrouping grouping)
    {
        grouping = OrderGrouping.None;
        if (!action.TryMember("grouping"u8, out JsonElement value))
        {
            return false;
        }

        if (!value.TryText(out string? word))
        {
            return value.TryWhole("p"u8, out long fee) && fee >= 0;
        }

        grouping = word switch
        {
            "normalTpsl" => OrderGrouping.NormalTpsl,
            "positionTpsl" => OrderGrouping.PositionTpsl,
            _ => OrderGrouping.None,
        };
        return grouping != OrderGrouping.None || word == "na";
    }

    private static bool TryBuilder(JsonElement action, out string? builder, out int fee)
    {
        (builder, fee) = (null, 0);
        if (!action.TryMember("builder"u8, out JsonElement value))
        {
            return true;
        }

        bool isRead =
            value.TryText("b"u8, out builder) & value.TryWhole("f"u8, out long tenths)
            && Kedge.Crypto.Address.TryParse(builder, out Kedge.Crypto.Address address)
            && (builder = address.ToString()).Length > 0;
        fee = (int)Math.Clamp(tenths, 0, int.MaxValue);
        return isRead && tenths >= 0;
    }

    /// <summary>An asset id as the core's; one out of its range is none, which is the highest number.</summary>
    private static int Symbol(long asset) => asset is >= 0 and < int.MaxValue ? (int)asset : int.MaxValue;

    /// <summary>A told moment as the core's, which keeps true time.</summary>
    private long TrueTime(long toldMs) => toldMs == 0 ? 0 : Math.Max(1, Math.Min(toldMs, long.MaxValue / 2) - store.ClockStepMs);
}
