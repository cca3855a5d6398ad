using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Everything that acts on orders: takes commands, sends them through an <see cref="IRequestDesk"/>, tells outcomes, and finds out what became of
/// orders whose outcome is not known. It emits <see cref="SessionEffect.Emit"/> and <see cref="SessionEffect.SaveNonceBlock"/> only; its owner keeps
/// one timer at <see cref="NextDueMonotonicMs"/>.
/// </summary>
internal interface IOrderDesk
{
    /// <summary>When <see cref="Tick"/> is to be called next, monotonic; <see cref="long.MaxValue"/> for never. Changes with every call.</summary>
    long NextDueMonotonicMs { get; }

    /// <summary>Begins: nonces up to the floor may have been used by earlier lives of this signer.</summary>
    void Start(long nonceFloor, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>The block of nonces was written down.</summary>
    void NonceBlockSaved(long upTo, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>
    /// Takes Place, Cancel, CancelForeign, Modify, SetLeverage, ScheduleCancel, QueryOrder or ResolveOrder; false for any other command, which it
    /// leaves alone.
    /// </summary>
    bool TryTake(VenueCommand command, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>Own orders changed: tells <see cref="VenueEvent.OrderChanged"/>, less repetitions and false revivals.</summary>
    void OrdersChanged(OrderUpdatesMessage message, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>A fill that was not seen before. The owner tells <see cref="VenueEvent.Filled"/>; here it is evidence that the order exists.</summary>
    void FillSeen(UserFill fill, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>The venue told its time (<c>exchangeStatus</c>, <c>clearinghouseState</c>; not times of orders, fills or candles).</summary>
    void VenueTimeHeard(long venueMs, in Now now);

    /// <summary>The connection was lost: what is known of orders may be old.</summary>
    void SessionLost(in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>Connected, subscribed and caught up: orders of unknown outcome are asked about at once.</summary>
    void SessionUp(in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>Time has passed.</summary>
    void Tick(in Now now, IEffectSink<SessionEffect> effects);
}
