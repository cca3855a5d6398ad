using Kedge.Crypto;
using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Actions;

namespace Kedge.OrderRace;

/// <summary>Signed bodies of the race's orders: 0.001 BTC, immediate or cancel, bought and sold by turns, each filled at once by the house.</summary>
internal sealed class OrderWriter(Secp256k1 curve)
{
    private readonly ActionWriter _action = new();
    private readonly ActionSigner _signer = new(RaceVenue.Agent, HyperliquidNetwork.Mainnet, vault: null, curve);

    public byte[] Next(long number, long nonceMs)
    {
        Write(number);
        return _signer.Seal(_action, nonceMs, expiresAfterMs: null);
    }

    /// <summary>The same without signing, to tell the two apart.</summary>
    public void Write(long number)
    {
        OrderIntent intent = Intent(number);
        _action.Order([WireOrder.From(intent, 0)], OrderGrouping.None);
    }

    public static OrderIntent Intent(long number)
    {
        bool isBuy = (number & 1) == 0;
        ClientOrderId id = new((UInt128)(number + 1));
        return new OrderIntent(id, "BTC", isBuy, 0.001m, isBuy ? 60_100m : 59_900m, TimeInForce.Ioc, ReduceOnly: false);
    }
}
