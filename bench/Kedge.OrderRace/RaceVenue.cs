using Kedge.Crypto;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Model.Machines;
using Address = Kedge.Exchange.Core.Address;

namespace Kedge.OrderRace;

/// <summary>
/// The venue of the race: BTC at 60,000, ten thousand BTC of the house at 59,990 and as many at 60,010, one account with an agent. Request
/// weight and action budget are out of the way; signatures, nonces, margin, fees and price grids are checked as always.
/// </summary>
internal static class RaceVenue
{
    private const long OneBtc = 100_000;
    private const long Middle = 600_000;

    public static ExchangeSettings Rules { get; } =
        new()
        {
            Instruments = [new Instrument("BTC", 5, new MarginTable(new MarginTier(0, 40)), 10_000_000)],
            RequestsBase = 1L << 40,
        };

    public static PrivateKey Account { get; } = Key(1);

    public static PrivateKey Agent { get; } = Key(2);

    public static Kedge.Crypto.Address User => Secp256k1.Default.PublicKeyOf(Account).ToAddress();

    public static HyperliquidGateway Gateway() =>
        new(new ExchangeCore(Rules), new GatewaySettings { Network = SignatureNetwork.Mainnet, WeightPerMinute = int.MaxValue });

    /// <summary>Opens the account and fills the book.</summary>
    public static void Begin(HyperliquidGateway gateway, Now now, IEffectSink<GatewayOutput> effects)
    {
        Address agent = VenueOperatorDesk.CoreAddress(Secp256k1.Default.PublicKeyOf(Agent).ToAddress());
        Operate(new VenueOperation.OpenAccount(VenueOperatorDesk.CoreAddress(User), agent, 10_000_000 * Bounds.Usd));
        Operate(
            new VenueOperation.Command([
                ExchangeCommand.SetPrice(0, Middle, Middle),
                ExchangeCommand.Place(
                    ExchangeCore.House,
                    new OrderRequest[]
                    {
                        new(0, OrderSide.Buy, Middle - 100, 10_000 * OneBtc),
                        new(0, OrderSide.Sell, Middle + 100, 10_000 * OneBtc),
                    }
                ),
            ])
        );

        void Operate(VenueOperation operation)
        {
            GatewayInput input = new GatewayInput.Operated(operation);
            gateway.Handle(in input, in now, effects);
        }
    }

    private static PrivateKey Key(byte number)
    {
        byte[] bytes = new byte[32];
        bytes[31] = number;
        return PrivateKey.TryCreate(bytes, out PrivateKey? key) ? key : throw new InvalidOperationException();
    }
}
