using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Questions about an account's limits, fees and relations, and about what this venue does not have.</summary>
internal sealed partial class InfoDesk
{
    private const int FeeDecimals = 8;

    private bool TryAccountSettings(string type, JsonElement query, int account)
    {
        switch (type)
        {
            case "userRateLimit":
                WriteRateLimit(account);
                return true;
            case "userFees":
                WriteFees(account);
                return true;
            case "userRole":
                return TryRole(query, account);
            case "userAbstraction":
                _json.WriteStringValue("disabled"u8);
                return true;
            case "extraAgents":
                WriteAgents(account);
                return true;
            case "maxBuilderFee":
                return TryBuilderFee(query, account);
            case "subAccounts":
                WriteSubAccounts(account);
                return true;
            case "activeAssetData":
                return TryActiveAsset(query, account);
            case "userTwapSliceFills":
            case "twapHistory":
            case "userVaultEquities":
            case "delegations":
            case "delegatorHistory":
            case "delegatorRewards":
                WriteEmptyList();
                return true;
            case "isVip":
            case "userDexAbstraction":
                _json.WriteBooleanValue(false);
                return true;
            default:
                return false;
        }
    }

    private bool TryStatic(string type, JsonElement query)
    {
        switch (type)
        {
            case "exchangeStatus":
                _json.WriteStartObject();
                _json.WriteNull("specialStatuses"u8);
                _json.WriteNumber("time"u8, store.ToldMs);
                _json.WriteEndObject();
                return true;
            case "perpDexs":
                _json.WriteStartArray();
                _json.WriteNullValue();
                _json.WriteEndArray();
                return true;
            case "spotMeta":
                WriteSpotMeta();
                return true;
            case "spotMetaAndAssetCtxs":
                _json.WriteStartArray();
                WriteSpotMeta();
                WriteEmptyList();
                _json.WriteEndArray();
                return true;
            case "vaultSummaries":
            case "spotDeployState":
                WriteEmptyList();
                return true;
            default:
                return false;
        }
    }

    /// <summary>No spot market, but the token everything is paid in.</summary>
    private void WriteSpotMeta()
    {
        _json.WriteStartObject();
        _json.WriteStartArray("universe"u8);
        _json.WriteEndArray();
        _json.WriteStartArray("tokens"u8);
        _json.WriteStartObject();
        _json.WriteString("name"u8, "USDC"u8);
        _json.WriteNumber("szDecimals"u8, 8);
        _json.WriteNumber("weiDecimals"u8, 8);
        _json.WriteNumber("index"u8, 0);
        _json.WriteString("tokenId"u8, "0x6d1e7cde53ba9467b783cb7c530ce054"u8);
        _json.WriteBoolean("isCanonical"u8, true);
        _json.WriteNull("evmContract"u8);
        _json.WriteNull("fullName"u8);
        _json.WriteString("deployerTradingFeeShare"u8, "0.0"u8);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteRateLimit(int account)
    {
        AccountView view = account > 0 ? Core.Account(account) : default;
        long cap = Core.Settings.RequestsBase + (view.Volume / Bounds.Usd);
        _json.WriteStartObject();
        _json.Usd("cumVlm"u8, view.Volume);
        _json.WriteNumber("nRequestsUsed"u8, view.Requests);
        _json.WriteNumber("nRequestsCap"u8, cap);
        _json.WriteNumber("nRequestsSurplus"u8, 0);
        _json.WriteEndObject();
    }

    private void WriteFees(int account)
    {
        AccountView view = account > 0 ? Core.Account(account) : default;
        int taker = account > 0 ? view.TakerFeeRate : Core.Settings.TakerFeeRate;
        int maker = account > 0 ? view.MakerFeeRate : Core.Settings.MakerFeeRate;
        _json.WriteStartObject();
        _json.WriteStartArray("dailyUserVlm"u8);
        _json.WriteEndArray();
        _json.WriteStartObject("feeSchedule"u8);
        _json.Scaled("cross"u8, Core.Settings.TakerFeeRate, FeeDecimals);
        _json.Scaled("add"u8, Core.Settings.MakerFeeRate, FeeDecimals);
        _json.Scaled("spotCross"u8, Core.Settings.TakerFeeRate, FeeDecimals);
        _json.Scaled("spotAdd"u8, Core.Settings.MakerFeeRate, FeeDecimals);
        _json.WriteStartObject("tiers"u8);
        _json.WriteStartArray("vip"u8);
        _json.WriteEndArray();
        _json.WriteStartArray("mm"u8);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteString("referralDiscount"u8, "0.0"u8);
        _json.WriteStartArray("stakingDiscountTiers"u8);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Scaled("userCrossRate"u8, taker, FeeDecimals);
        _json.Scaled("userAddRate"u8, maker, FeeDecimals);
        _json.Scaled("userSpotCrossRate"u8, taker, FeeDecimals);
        _json.Scaled("userSpotAddRate"u8, maker, FeeDecimals);
        _json.WriteString("activeReferralDiscount"u8, "0.0"u8);
        _json.WriteNull("trial"u8);
        _json.WriteString("feeTrialEscrow"u8, "0.0"u8);
        _json.WriteNull("nextTrialAvailableTimestamp"u8);
        _json.WriteNull("stakingLink"u8);
        _json.WriteNull("activeStakingDiscount"u8);
        _json.WriteEndObject();
    }

    private bool TryRole(JsonElement query, int account)
    {
        bool isAddress = query.TryText("user"u8, out string? text) && Kedge.Crypto.Address.TryParse(text, out _);
        _json.WriteStartObject();
        if (account > 0)
        {
            int master = Core.Master(account);
            _json.WriteString("role"u8, master >= 0 ? "subAccount"u8 : "user"u8);
            if (master >= 0)
            {
                _json.WriteStartObject("data"u8);
                VenueJson.Address(_json, "master"u8, Core, master);
                _json.WriteEndObject();
            }
        }
        else if (
            isAddress
            && Kedge.Crypto.Address.TryParse(text, out Kedge.Crypto.Address address)
            && Core.Signs(Addresses.Of(address)) is int owner and > 0
        )
        {
            _json.WriteString("role"u8, "agent"u8);
            _json.WriteStartObject("data"u8);
            VenueJson.Address(_json, "user"u8, Core, owner);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteString("role"u8, "missing"u8);
        }

        _json.WriteEndObject();
        return true;
    }

    private void WriteAgents(int account)
    {
        _json.WriteStartArray();
        foreach (AccountDirectory.Agent agent in Core.Engine.Directory.Agents)
        {
            bool isAlive = agent.ValidUntilMs == 0 || agent.ValidUntilMs > Core.TimeMs;
            if (agent.Account == account && account > 0 && agent.Name.Length > 0 && isAlive)
            {
                _json.WriteStartObject();
                _json.WriteString("name"u8, agent.Name);
                _json.WriteString("address"u8, agent.Address.ToString());
                _json.WriteNumber("validUntil"u8, agent.ValidUntilMs == 0 ? NeverMs : agent.ValidUntilMs);
                _json.WriteEndObject();
            }
        }

        _json.WriteEndArray();
    }

    /// <summary>What an agent without expiry shows: the year 2200.</summary>
    private const long NeverMs = 7_258_118_400_000;

    private bool TryBuilderFee(JsonElement query, int account)
    {
        if (
            !query.TryText("builder"u8, out string? text)
            || !Kedge.Crypto.Address.TryParse(text, out Kedge.Crypto.Address builder)
        )
        {
            return false;
        }

        _json.WriteNumberValue(account > 0 ? store.Account(account).Builders.GetValueOrDefault(builder.ToString()) : 0);
        return true;
    }

    /// <summary>Null when there are none, as the venue has it.</summary>
    private void WriteSubAccounts(int master)
    {
        List<int> subs = [];
        for (int account = 1; account < Core.Accounts && master > 0; account++)
        {
            if (Core.Master(account) == master)
            {
                subs.Add(account);
            }
        }

        if (subs.Count == 0)
        {
            _json.WriteNullValue();
            return;
        }

        _json.WriteStartArray();
        foreach (int sub in subs)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, store.Account(sub).Name);
            VenueJson.Address(_json, "subAccountUser"u8, Core, sub);
            VenueJson.Address(_json, "master"u8, Core, master);
            _json.WritePropertyName("clearinghouseState"u8);
            AccountJson.Write(_json, store, sub);
            _json.WriteStartObject("spotState"u8);
            _json.WriteStartArray("balances"u8);
            _json.WriteEndArray();
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    /// <summary>Leverage and what could be traded at the mark, long and short.</summary>
    private bool TryActiveAsset(JsonElement query, int account)
    {
        if (!TryCoin(query, out int symbol) || symbol < 0)
        {
            return false;
        }

        Instrument instrument = Core.Settings.Instruments[symbol];
        long mark = Core.Prices(symbol).Mark;
        PositionView position = account > 0 ? Core.Position(account, symbol) : default;
        AccountView view = account > 0 ? Core.Account(account) : default;
        int leverage = account > 0 ? position.Leverage : Core.Settings.DefaultLeverage;
        long free = Math.Max(0, view.CrossValue - view.CrossInitialMargin);
        long lots = mark == 0 ? 0 : (long)Int128.Min((Int128)free * leverage / mark, instrument.MaxOpenInterest);
        _json.WriteStartObject();
        _json.WriteString("user"u8, query.TryText("user"u8, out string? user) ? user.ToLowerInvariant() : "");
        _json.WriteString("coin"u8, instrument.Name);
        _json.WriteStartObject("leverage"u8);
        _json.WriteString("type"u8, position.IsIsolated ? "isolated"u8 : "cross"u8);
        _json.WriteNumber("value"u8, leverage);
        if (position.IsIsolated)
        {
            _json.Usd("rawUsd"u8, position.IsolatedRaw);
        }

        _json.WriteEndObject();
        _json.WriteStartArray("maxTradeSzs"u8);
        VenueJson.Scaled(_json, lots, instrument.SizeDecimals);
        VenueJson.Scaled(_json, lots, instrument.SizeDecimals);
        _json.WriteEndArray();
        _json.WriteStartArray("availableToTrade"u8);
        VenueJson.Scaled(_json, free, 6);
        VenueJson.Scaled(_json, free, 6);
        _json.WriteEndArray();
        _json.Scaled("markPx"u8, mark, instrument.PriceDecimals);
        _json.WriteEndObject();
        return true;
    }
}
