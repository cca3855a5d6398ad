using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Exchange.Core;
using CoreAddress = Kedge.Exchange.Core.Address;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>User-signed actions (<c>venue-hyperliquid.md</c> §3.2), sub-accounts and agents.</summary>
internal sealed partial class ActionDesk
{
    private const int UsdDecimals = 6;
    private const int BuildersMax = 10;
    private const int SubNameMax = 16;

    /// <summary>A fee of one percent, in tenths of a basis point.</summary>
    private const int PercentTenths = 1_000;

    private bool TryPlanUser(in Envelope envelope, Eip712Type type, out Plan plan)
    {
        plan = default;
        JsonElement action = envelope.Action;
        string field = type.Fields[^1].Name;
        if (
            !action.TryText("hyperliquidChain"u8, out string? chain)
            || chain is not ("Mainnet" or "Testnet")
            || !UserSignedAction.TryDigest(type, action, out Bytes32 digest)
            || !action.TryMember(field == "time" ? "time"u8 : "nonce"u8, out JsonElement moment)
            || !moment.TryUnsigned(out ulong nonce)
            || !TryPlanUserAction(envelope.Type, action, out plan)
        )
        {
            return false;
        }

        bool isWrongNetwork =
            store.Settings.Network != SignatureNetwork.Either
            && (store.Settings.Network == SignatureNetwork.Mainnet) != (chain == "Mainnet");
        string? refusal =
            nonce != envelope.Nonce ? $"Invalid nonce: {nonce} of the action is not the request's"
            : isWrongNetwork ? $"Action is signed for {chain}"
            : plan.Refusal;
        plan = plan with { UserDigest = digest, Refusal = refusal };
        return true;
    }

    private bool TryPlanUserAction(string type, JsonElement action, out Plan plan)
    {
        switch (type)
        {
            case "usdSend":
            case "withdraw3":
                return TryPlanSend(action, isWithdrawal: type == "withdraw3", out plan);
            case "usdClassTransfer":
                // There is one purse here: nothing could move, so nothing is said to have moved.
                plan = new Plan(_ => Verdict.Done, Refusal: "Insufficient balance for transfer: there is no spot account.");
                return TryAmount(action, out _);
            case "approveAgent":
                return TryPlanAgent(action, out plan);
            case "approveBuilderFee":
                return TryPlanBuilder(action, out plan);
            default:
                plan = new Plan(_ => Verdict.Done, Refusal: "Insufficient spot balance asset");
                return true;
        }
    }

    /// <summary>Money to another account, which is opened if need be, or out of the venue. A withdrawal arrives nowhere; the house takes it.</summary>
    private bool TryPlanSend(JsonElement action, bool isWithdrawal, out Plan plan)
    {
        plan = default;
        if (
            !TryAmount(action, out long? amount)
            || !action.TryText("destination"u8, out string? text)
            || !Kedge.Crypto.Address.TryParse(text, out Kedge.Crypto.Address destination)
        )
        {
            return false;
        }

        CoreAddress to = Addresses.Of(destination);
        plan = new Plan(account => Send(account, isWithdrawal ? null : to, amount ?? 0));
        return true;
    }

    private Verdict Send(int account, CoreAddress? to, long amount)
    {
        if (to is not CoreAddress address)
        {
            return Settle(ExchangeCommand.Transfer(account, ExchangeCore.House, amount, NextRequest++), account);
        }

        if (amount <= 0 || amount > store.Core.Account(account).Withdrawable)
        {
            return Verdict.Refused("Insufficient balance for withdrawal.");
        }

        if (store.Core.FindAccount(address) < 0)
        {
            store.Run(ExchangeCommand.CreateAccount(address, NextRequest++));
        }

        int other = store.Core.FindAccount(address);
        return other < 0
            ? Verdict.Refused(OrderStatusText.Error(OrderStatus.DirectoryRefused))
            : Settle(ExchangeCommand.Transfer(account, other, amount, NextRequest++), account);
    }

    /// <summary>The expiry of an agent stands at the end of its name: <c> valid_until &lt;ms&gt;</c>. No name is the empty one.</summary>
    private bool TryPlanAgent(JsonElement action, out Plan plan)
    {
        const string Marker = " valid_until ";
        plan = default;
        if (
            !action.TryText("agentAddress"u8, out string? text)
            || !Kedge.Crypto.Address.TryParse(text, out Kedge.Crypto.Address agent)
        )
        {
            return false;
        }

        string name = action.TryText("agentName"u8, out string? given) ? given : "";
        long until = 0;
        int marker = name.LastIndexOf(Marker, StringComparison.Ordinal);
        if (marker < 0 && name.StartsWith(Marker.TrimStart(), StringComparison.Ordinal))
        {
            // An unnamed agent whose space was trimmed away.
            name = " " + name;
            marker = 0;
        }

        if (marker >= 0)
        {
            string end = name[(marker + Marker.Length)..];
            if (!long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out until) || until <= 0)
            {
                plan = new Plan(_ => Verdict.Done, Refusal: "Invalid agent expiry.");
                return true;
            }

            name = name[..marker];
        }

        CoreAddress address = Addresses.Of(agent);
        plan = new Plan(account => Approve(account, address, name, until));
        return true;
    }

    private Verdict Approve(int account, CoreAddress agent, string name, long untilMs)
    {
        long until = TrueTime(untilMs);
        return until != 0 && until <= store.Core.TimeMs
            ? Verdict.Refused("Invalid agent expiry.")
            : Settle(ExchangeCommand.ApproveAgent(account, agent, name, until, NextRequest++), account);
    }

    /// <summary>A rate is text such as <c>0.01%</c>, at most one percent.</summary>
    private bool TryPlanBuilder(JsonElement action, out Plan plan)
    {
        plan = default;
        if (
            !action.TryText("builder"u8, out string? text)
            || !Kedge.Crypto.Address.TryParse(text, out Kedge.Crypto.Address builder)
            || !action.TryText("maxFeeRate"u8, out string? rate)
            || !rate.EndsWith('%')
            || !JsonRead.TryScaled(rate.AsSpan(0, rate.Length - 1), 3, out long? tenths)
        )
        {
            return false;
        }

        string address = builder.ToString();
        plan = tenths is >= 0 and <= PercentTenths
            ? new Plan(account => ApproveBuilder(account, address, (int)tenths))
            : new Plan(_ => Verdict.Done, Refusal: "Builder fee is invalid.");
        return true;
    }

    private Verdict ApproveBuilder(int account, string builder, int tenths)
    {
        if (!store.Settings.BuilderFees)
        {
            return Verdict.Refused("Builder has insufficient balance to be approved.");
        }

        SortedList<string, int> builders = store.Account(account).Builders;
        if (!builders.ContainsKey(builder) && builders.Count >= BuildersMax)
        {
            return Verdict.Refused("Too many builders approved.");
        }

        builders[builder] = tenths;
        return Verdict.Done;
    }

    /// <summary>The address of a sub-account follows from its master's and its number; nobody has its key.</summary>
    private Verdict CreateSubAccount(int master, string name)
    {
        if (name.Length is 0 or > SubNameMax || !store.Core.TryAddress(master, out CoreAddress owner))
        {
            return Verdict.Refused("Invalid sub-account name.");
        }

        Span<byte> seed = stackalloc byte[Kedge.Crypto.Address.Length + sizeof(int)];
        Addresses.Of(owner).Span.CopyTo(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed[Kedge.Crypto.Address.Length..], store.Core.Accounts);
        Kedge.Crypto.Address address = new(Keccak256.Hash(seed).Span[^Kedge.Crypto.Address.Length..]);
        store.Run(ExchangeCommand.CreateSubAccount(master, Addresses.Of(address), name, NextRequest++));
        int account = store.Core.FindAccount(Addresses.Of(address));
        if (account < 0)
        {
            return Verdict.Refused(OrderStatusText.Error(OrderStatus.DirectoryRefused));
        }

        store.Account(account).Name = name;
        BeginOk("createSubAccount"u8);
        _json.WriteString("data"u8, address.ToString());
        EndOk();
        return Verdict.Written;
    }

    private Verdict MoveToSub(int account, int sub, bool isDeposit, long amount)
    {
        bool isOwn = sub > 0 && store.Core.Master(sub) == account;
        return isOwn
            ? Settle(
                ExchangeCommand.Transfer(isDeposit ? account : sub, isDeposit ? sub : account, amount, NextRequest++),
                account
            )
            : Verdict.Refused("Sub-account does not exist or is not owned by the user.");
    }

    /// <summary>An amount of USD; null when it is finer than a micro-USD or beyond all bounds.</summary>
    private static bool TryAmount(JsonElement action, out long? amount)
    {
        amount = null;
        return action.TryText("amount"u8, out string? text) && JsonRead.TryScaled(text, UsdDecimals, out amount);
    }
}
