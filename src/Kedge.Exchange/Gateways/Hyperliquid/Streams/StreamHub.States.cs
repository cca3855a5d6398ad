using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>Streams that are sent as they stand.</summary>
internal sealed partial class StreamHub
{
    private void SendState(Subscription of, in Now now, IEffectSink<GatewayOutput> effects)
    {
        BeginData(Channel(of.Kind));
        if (of.Kind == StreamKind.Book)
        {
            _venue.WriteBook(_json, of.Symbol, of.SignificantFigures, of.Mantissa);
        }
        else
        {
            _json.WriteStartObject();
            WriteState(of);
            _json.WriteEndObject();
        }

        EndData(of, in now, effects);
    }

    private void WriteState(Subscription of)
    {
        switch (of.Kind)
        {
            case StreamKind.Context:
                _json.WriteString("coin"u8, _venue.Core.Settings.Instruments[of.Symbol].Name);
                _json.WritePropertyName("ctx"u8);
                _venue.WriteContext(_json, of.Symbol);
                break;
            case StreamKind.AccountState:
                _json.WriteString("dex"u8, ""u8);
                _json.WriteString("user"u8, of.User);
                _json.WritePropertyName("clearinghouseState"u8);
                WriteAccount(of.Account);
                break;
            case StreamKind.OpenOrders:
                _json.WriteString("dex"u8, ""u8);
                _json.WriteString("user"u8, of.User);
                _json.WritePropertyName("orders"u8);
                WriteOpenOrders(of.Account);
                break;
            case StreamKind.AssetData:
                WriteAssetData(of);
                break;
            case StreamKind.WebData2:
                WriteWebData2(of);
                break;
            case StreamKind.WebData3:
                WriteWebData3(of);
                break;
            case StreamKind.TwapStates:
                _json.WriteString("dex"u8, ""u8);
                _json.WriteString("user"u8, of.User);
                Nothing("states"u8);
                break;
            case StreamKind.AssetContexts:
                _json.WriteString("dex"u8, ""u8);
                _json.WritePropertyName("ctxs"u8);
                WriteContexts();
                break;
            case StreamKind.AllContexts:
                _json.WriteStartArray("ctxs"u8);
                _json.WriteStartArray();
                _json.WriteStringValue(""u8);
                WriteContexts();
                _json.WriteEndArray();
                _json.WriteEndArray();
                break;
            default:
                _json.WriteString("user"u8, of.User);
                _json.WriteStartArray("clearinghouseStates"u8);
                _json.WriteStartArray();
                _json.WriteStringValue(""u8);
                WriteAccount(of.Account);
                _json.WriteEndArray();
                _json.WriteEndArray();
                break;
        }
    }

    private void WriteContexts()
    {
        _json.WriteStartArray();
        for (int symbol = 0; symbol < _bySymbol.Length; symbol++)
        {
            _venue.WriteContext(_json, symbol);
        }

        _json.WriteEndArray();
    }

    private void WriteOpenOrders(int account)
    {
        if (account >= 0)
        {
            _venue.WriteOpenOrders(_json, account);
        }
        else
        {
            _json.WriteStartArray();
            _json.WriteEndArray();
        }
    }

    /// <summary>Free cross value at the leverage in force; what could be traded is the same both ways.</summary>
    private void WriteAssetData(Subscription of)
    {
        ExchangeCore core = _venue.Core;
        Instrument instrument = core.Settings.Instruments[of.Symbol];
        PriceView prices = core.Prices(of.Symbol);
        int leverage = core.Settings.DefaultLeverage;
        bool isIsolated = instrument.OnlyIsolated;
        long raw = 0;
        long free = 0;
        if (of.Account >= 0)
        {
            AccountView account = core.Account(of.Account);
            PositionView position = core.Position(of.Account, of.Symbol);
            leverage = position.Leverage;
            isIsolated = position.IsIsolated;
            raw = position.IsolatedRaw;
            free = Math.Max(0, account.CrossValue - account.CrossInitialMargin);
        }

        Int128 most = prices.Mark == 0 ? 0 : (Int128)free * leverage / prices.Mark;
        long lots = (long)Int128.Min(most, instrument.MaxOpenInterest);
        _json.WriteString("user"u8, of.User);
        _json.WriteString("coin"u8, instrument.Name);
        _json.WriteStartObject("leverage"u8);
        _json.WriteString("type"u8, isIsolated ? "isolated"u8 : "cross"u8);
        _json.WriteNumber("value"u8, leverage);
        if (isIsolated)
        {
            VenueJson.Usd(_json, "rawUsd"u8, raw);
        }

        _json.WriteEndObject();
        _json.WriteStartArray("maxTradeSzs"u8);
        VenueJson.Scaled(_json, lots, instrument.SizeDecimals);
        VenueJson.Scaled(_json, lots, instrument.SizeDecimals);
        _json.WriteEndArray();
        _json.WriteStartArray("availableToTrade"u8);
        VenueJson.Scaled(_json, free, VenueJson.UsdDecimals);
        VenueJson.Scaled(_json, free, VenueJson.UsdDecimals);
        _json.WriteEndArray();
        VenueJson.Price(_json, "markPx"u8, instrument, prices.Mark);
    }

    private void WriteWebData2(Subscription of)
    {
        _json.WritePropertyName("clearinghouseState"u8);
        WriteAccount(of.Account);
        Nothing("leadingVaults"u8);
        VenueJson.Usd(_json, "totalVaultEquity"u8, 0);
        _json.WritePropertyName("openOrders"u8);
        WriteOpenOrders(of.Account);
        _json.WriteNull("agentAddress"u8);
        _json.WriteNull("agentValidUntil"u8);
        _json.WritePropertyName("meta"u8);
        _venue.WriteMeta(_json);
        _json.WritePropertyName("assetCtxs"u8);
        WriteContexts();
        _json.WriteNumber("serverTime"u8, _venue.ToldMs);
        _json.WriteBoolean("isVault"u8, value: false);
        _json.WriteString("user"u8, of.User);
        Nothing("twapStates"u8);
        Nothing("spotAssetCtxs"u8);
    }

    private void WriteWebData3(Subscription of)
    {
        _json.WriteStartObject("userState"u8);
        _json.WriteNull("agentAddress"u8);
        _json.WriteNull("agentValidUntil"u8);
        _json.WriteNumber("serverTime"u8, _venue.ToldMs);
        _json.WriteBoolean("isVault"u8, value: false);
        _json.WriteString("user"u8, of.User);
        _json.WriteEndObject();
        _json.WriteStartArray("perpDexStates"u8);
        _json.WriteStartObject();
        VenueJson.Usd(_json, "totalVaultEquity"u8, 0);
        Nothing("leadingVaults"u8);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void Nothing(ReadOnlySpan<byte> name)
    {
        _json.WriteStartArray(name);
        _json.WriteEndArray();
    }

    private void WriteAccount(int account)
    {
        if (account >= 0)
        {
            _venue.WriteAccount(_json, account);
            return;
        }

        _json.WriteStartObject();
        WriteEmptySummary("marginSummary"u8);
        WriteEmptySummary("crossMarginSummary"u8);
        VenueJson.Usd(_json, "crossMaintenanceMarginUsed"u8, 0);
        VenueJson.Usd(_json, "withdrawable"u8, 0);
        Nothing("assetPositions"u8);
        _json.WriteNumber("time"u8, _venue.ToldMs);
        _json.WriteEndObject();
    }

    private void WriteEmptySummary(ReadOnlySpan<byte> name)
    {
        _json.WriteStartObject(name);
        VenueJson.Usd(_json, "accountValue"u8, 0);
        VenueJson.Usd(_json, "totalNtlPos"u8, 0);
        VenueJson.Usd(_json, "totalRawUsd"u8, 0);
        VenueJson.Usd(_json, "totalMarginUsed"u8, 0);
        _json.WriteEndObject();
    }
}
