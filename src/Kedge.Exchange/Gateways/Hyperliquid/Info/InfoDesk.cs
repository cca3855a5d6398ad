using System.Buffers;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>
/// <c>/info</c>: questions by <c>type</c>, <c>venue-hyperliquid.md</c> §6. Weight is taken before the work; what a long list weighs more is taken
/// after it. An unknown type, a missing argument and a bad address are answered 422; an address without an account is an empty one.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The writer writes into memory and holds nothing to give back."
)]
internal sealed partial class InfoDesk(VenueStore store)
{
    private const int LightWeight = 2;
    private const int HeavyWeight = 20;
    private const int RoleWeight = 60;
    private const int ItemsPerWeight = 20;
    private const int CandlesPerWeight = 60;

    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(16), new JsonWriterOptions { SkipValidation = true });

    /// <summary>Elements of the last list, for its weight.</summary>
    private int _items;

    private ExchangeCore Core => store.Core;

    /// <summary>Answers one question; returns the HTTP status.</summary>
    public int Answer(ReadOnlyMemory<byte> body, IBufferWriter<byte> answer, string caller)
    {
        using JsonDocument? document = Bodies.Parse(body);
        JsonElement query = document?.RootElement ?? default;
        if (document is null || !query.TryText("type"u8, out string? type))
        {
            type = "";
        }

        if (!store.Weights.TryTake(caller, Weight(type), store.Now.MonotonicMs))
        {
            answer.Write(Bodies.RateLimited);
            return 429;
        }

        _items = 0;
        ArrayBufferWriter<byte> written = _scratch;
        written.ResetWrittenCount();
        _json.Reset(written);
        if (!TryMarket(type, query) && !TryAccount(type, query) && !TryStatic(type, query))
        {
            answer.Write(Bodies.Malformed);
            return 422;
        }

        _json.Flush();
        answer.Write(written.WrittenSpan);
        store.Weights.Take(
            caller,
            _items / (type == "candleSnapshot" ? CandlesPerWeight : ItemsPerWeight),
            store.Now.MonotonicMs
        );
        return 200;
    }

    private readonly ArrayBufferWriter<byte> _scratch = new(4_096);

    private static int Weight(string type) =>
        type switch
        {
            "l2Book" or "allMids" or "clearinghouseState" or "orderStatus" or "spotClearinghouseState" or "exchangeStatus" =>
                LightWeight,
            "userRole" => RoleWeight,
            _ => HeavyWeight,
        };

    /// <summary>An argument that is an address: account, or −1 for an address nobody has; false when it is none.</summary>
    private bool TryUser(JsonElement query, out int account)
    {
        account = -2;
        if (query.TryText("user"u8, out string? user))
        {
            account = store.FindAccount(user);
        }

        return account != -2;
    }

    private bool TryCoin(JsonElement query, out int symbol)
    {
        symbol = -1;
        bool isText = query.TryText("coin"u8, out string? coin);
        if (isText)
        {
            symbol = store.FindSymbol(coin!);
        }

        return isText;
    }

    /// <summary>A span of time; without an end it is open.</summary>
    private static bool TryRange(JsonElement query, out long from, out long to)
    {
        to = long.MaxValue;
        return query.TryWhole("startTime"u8, out from)
            && (!query.TryMember("endTime"u8, out JsonElement end) || end.TryWhole(out to));
    }

    /// <summary>Only the venue's own exchange is here; another <c>dex</c> is unknown.</summary>
    private static bool IsOwnDex(JsonElement query) =>
        !query.TryMember("dex"u8, out JsonElement dex) || (dex.TryText(out string? name) && name.Length == 0);

    private void WriteEmptyList()
    {
        _json.WriteStartArray();
        _json.WriteEndArray();
    }
}
