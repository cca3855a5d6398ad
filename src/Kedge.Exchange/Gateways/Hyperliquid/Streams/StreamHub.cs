using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>The WebSocket side of the venue.</summary>
internal sealed partial class StreamHub : IVenueListener
{
    private readonly IVenueState _venue;
    private readonly StreamSettings _settings;

    /// <summary>A hub without connections.</summary>
    /// <param name="venue">The rest of the gateway.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="seed">For the order of a modify's two updates.</param>
    /// <param name="timer">Id of its one timer among the gateway's.</param>
    public StreamHub(IVenueState venue, StreamSettings settings, ulong seed, long timer)
    {
        _venue = venue;
        _settings = settings;
        _ = (seed, timer, _venue, _settings);
    }

    /// <summary>A client opened a connection; it is closed at once when it is one too many.</summary>
    public void Opened(long connection, string caller, in Now now, IEffectSink<GatewayOutput> effects) => Flush(in now, effects);

    /// <summary>A message arrived. Call <see cref="Flush"/> after it.</summary>
    public void Received(long connection, ReadOnlyMemory<byte> text, in Now now, IEffectSink<GatewayOutput> effects) =>
        Flush(in now, effects);

    /// <summary>The connection ended.</summary>
    public void Closed(long connection) { }

    /// <summary>Its timer fired. Call <see cref="Flush"/> after it.</summary>
    public void TimerFired(in Now now, IEffectSink<GatewayOutput> effects) => Flush(in now, effects);

    /// <summary>Sends what was collected while an input was handled; the gateway calls it once after each.</summary>
    public void Flush(in Now now, IEffectSink<GatewayOutput> effects) { }

    /// <inheritdoc/>
    public void Filled(FillRecord fill) { }

    /// <inheritdoc/>
    public void OrderChanged(OrderRecord order) { }

    /// <inheritdoc/>
    public void FundingPaid(FundingRecord payment) { }

    /// <inheritdoc/>
    public void LedgerMoved(LedgerRecord entry) { }

    /// <inheritdoc/>
    public void Traded(TradeRecord trade) { }

    /// <inheritdoc/>
    public void BookTouched(int symbol) { }

    /// <inheritdoc/>
    public void PriceTouched(int symbol) { }

    /// <inheritdoc/>
    public void CandleChanged(in CandleRecord candle) { }

    /// <inheritdoc/>
    public void AccountTouched(int account) { }
}
