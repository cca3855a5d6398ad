using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>An account as <c>clearinghouseState</c> has it. An address without an account is an empty one.</summary>
internal static class AccountJson
{
    private const int EntryDecimals = 8;
    private const int RatioDecimals = 10;

    public static void Write(Utf8JsonWriter json, IVenueState state, int account)
    {
        ExchangeCore core = state.Core;
        AccountView view = account > 0 ? core.Account(account) : default;
        (long crossNotional, long notional, long margin, long raw) = (0, 0, 0, view.CrossRaw);
        int symbols = core.Settings.Instruments.Count;
        for (int symbol = 0; symbol < symbols && account > 0; symbol++)
        {
            PositionView position = core.Position(account, symbol);
            if (position.Size != 0)
            {
                long value = Math.Abs(position.Size * core.Prices(symbol).Mark);
                notional += value;
                margin += position.MarginUsed;
                crossNotional += position.IsIsolated ? 0 : value;
                raw += position.IsolatedRaw;
            }
        }

        json.WriteStartObject();
        WriteSummary(json, "marginSummary"u8, view.TotalValue, notional, raw, margin);
        WriteSummary(json, "crossMarginSummary"u8, view.CrossValue, crossNotional, view.CrossRaw, view.CrossInitialMargin);
        json.Usd("crossMaintenanceMarginUsed"u8, view.CrossMaintenanceMargin);
        json.Usd("withdrawable"u8, Math.Max(0, view.Withdrawable));
        json.WriteStartArray("assetPositions"u8);
        for (int symbol = 0; symbol < symbols && account > 0; symbol++)
        {
            PositionView position = core.Position(account, symbol);
            if (position.Size != 0)
            {
                WritePosition(json, core, symbol, in view, in position);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("time"u8, state.ToldMs);
        json.WriteEndObject();
    }

    /// <summary>
    /// The mark at which a position would be liquidated if nothing else moved: price − side × free margin / size / (1 − l × side), l = 1 /
    /// maintenance leverage of the tier it is in. Null when there is no such price above zero.
    /// </summary>
    public static decimal? LiquidationPrice(Instrument instrument, long mark, in AccountView account, in PositionView position)
    {
        decimal side = position.Size > 0 ? 1m : -1m;
        long lots = Math.Abs(position.Size);
        decimal free = position.IsIsolated
            ? position.MarginUsed - position.Maintenance
            : account.CrossValue - account.CrossMaintenanceMargin;
        decimal l = 1m / (2 * instrument.Margin.MaxLeverageAt(lots * mark));
        decimal ticks = mark - (side * free / lots / (1m - (l * side)));
        return ticks <= 0m ? null : ticks;
    }

    private static void WriteSummary(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        long value,
        long notional,
        long raw,
        long margin
    )
    {
        json.WriteStartObject(name);
        json.Usd("accountValue"u8, value);
        json.Usd("totalNtlPos"u8, notional);
        json.Usd("totalRawUsd"u8, raw);
        json.Usd("totalMarginUsed"u8, margin);
        json.WriteEndObject();
    }

    private static void WritePosition(
        Utf8JsonWriter json,
        ExchangeCore core,
        int symbol,
        in AccountView account,
        in PositionView position
    )
    {
        Instrument instrument = core.Settings.Instruments[symbol];
        long mark = core.Prices(symbol).Mark;
        decimal tick = Tick(instrument.PriceDecimals);
        json.WriteStartObject();
        json.WriteString("type"u8, "oneWay"u8);
        json.WriteStartObject("position"u8);
        json.WriteString("coin"u8, instrument.Name);
        json.Scaled("szi"u8, position.Size, instrument.SizeDecimals);
        json.WriteStartObject("leverage"u8);
        json.WriteString("type"u8, position.IsIsolated ? "isolated"u8 : "cross"u8);
        json.WriteNumber("value"u8, position.Leverage);
        if (position.IsIsolated)
        {
            json.Usd("rawUsd"u8, position.IsolatedRaw);
        }

        json.WriteEndObject();
        json.WriteString("entryPx"u8, WireText.Text((decimal)position.EntryNotional / position.Size * tick, EntryDecimals));
        json.Usd("positionValue"u8, Math.Abs(position.Size * mark));
        json.Usd("unrealizedPnl"u8, position.UnrealizedPnl);
        decimal cost = Math.Abs(position.EntryNotional);
        json.WriteString(
            "returnOnEquity"u8,
            WireText.Text(cost == 0 ? 0m : position.UnrealizedPnl * position.Leverage / cost, RatioDecimals)
        );
        if (LiquidationPrice(instrument, mark, in account, in position) is decimal ticks)
        {
            json.WriteString("liquidationPx"u8, WireText.Text(ticks * tick, RatioDecimals));
        }
        else
        {
            json.WriteNull("liquidationPx"u8);
        }

        json.Usd("marginUsed"u8, position.MarginUsed);
        json.WriteNumber("maxLeverage"u8, instrument.Margin.MaxLeverage);
        json.WriteStartObject("cumFunding"u8);
        json.Usd("allTime"u8, position.FundingEver);
        json.Usd("sinceOpen"u8, position.FundingSinceOpen);
        json.Usd("sinceChange"u8, position.FundingSinceOpen);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static decimal Tick(int decimals) => new(1, 0, 0, false, (byte)decimals);
}
