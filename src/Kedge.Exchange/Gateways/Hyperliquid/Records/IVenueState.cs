using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>What streams may ask of the rest of the gateway. Lists are oldest first and hold the newest that are kept.</summary>
internal interface IVenueState
{
    /// <summary>The core.</summary>
    ExchangeCore Core { get; }

    /// <summary>The moment the venue tells, UTC epoch milliseconds: its true time and the step of a clock fault.</summary>
    long ToldMs { get; }

    /// <summary>Index of an instrument by its exact name, −1 for none.</summary>
    int FindSymbol(ReadOnlySpan<byte> coin);

    /// <summary>Account of an address in text form (any case, <c>0x</c> optional): −1 for none, −2 when it is no address.</summary>
    int FindAccount(string address);

    /// <summary>Fills of an account.</summary>
    IReadOnlyList<FillRecord> Fills(int account);

    /// <summary>Funding payments of an account.</summary>
    IReadOnlyList<FundingRecord> Funding(int account);

    /// <summary>Other ledger entries of an account.</summary>
    IReadOnlyList<LedgerRecord> Ledger(int account);

    /// <summary>Trades of a symbol.</summary>
    IReadOnlyList<TradeRecord> Trades(int symbol);

    /// <summary>The forming or, before its first trade, the last candle; false when there is none.</summary>
    bool TryCandle(int symbol, long intervalMs, out CandleRecord candle);

    /// <summary>
    /// Answers a query as <c>/info</c> does. Returns the HTTP status; the body (JSON, or plain text when the status is not 200) is written to
    /// <paramref name="body"/>.
    /// </summary>
    int Info(ReadOnlySpan<byte> query, System.Buffers.IBufferWriter<byte> body, string caller, in Now now);

    /// <summary>Carries out a signed action as <c>/exchange</c> does; as <see cref="Info"/> otherwise.</summary>
    int Action(
        ReadOnlyMemory<byte> envelope,
        System.Buffers.IBufferWriter<byte> body,
        string caller,
        in Now now,
        IEffectSink<GatewayOutput> effects
    );

    /// <summary>Writes the answer of <c>clearinghouseState</c>.</summary>
    void WriteAccount(Utf8JsonWriter json, int account);

    /// <summary>Writes the answer of <c>frontendOpenOrders</c>.</summary>
    void WriteOpenOrders(Utf8JsonWriter json, int account);

    /// <summary>Writes the answer of <c>meta</c>.</summary>
    void WriteMeta(Utf8JsonWriter json);

    /// <summary>Writes the context of a symbol as <c>metaAndAssetCtxs</c> has it.</summary>
    void WriteContext(Utf8JsonWriter json, int symbol);

    /// <summary>Writes the mid prices of all symbols as <c>allMids</c> has them.</summary>
    void WriteMids(Utf8JsonWriter json);

    /// <summary>Writes the book of a symbol as <c>l2Book</c> has it.</summary>
    void WriteBook(Utf8JsonWriter json, int symbol, int? significantFigures, int? mantissa);
}
