using Kedge.Exchange.Core;

namespace Kedge.Exchange.Tests;

/// <summary>Instruments of the tests. BTC: tick 0.1 USD, lot 0.00001. ETH: tick 0.01 USD, lot 0.0001. PEPE: tick 0.000001 USD, lot 1.</summary>
internal static class Markets
{
    public const int Btc = 0;
    public const int Eth = 1;
    public const int Pepe = 2;

    /// <summary>One BTC in lots.</summary>
    public const long OneBtc = 100_000;

    /// <summary>60,000 USD in ticks of BTC.</summary>
    public const long Btc60K = 600_000;

    public static ExchangeSettings Settings { get; } =
        new()
        {
            Instruments =
            [
                new Instrument(
                    "BTC",
                    5,
                    new MarginTable(new MarginTier(0, 40), new MarginTier(150_000_000 * Bounds.Usd, 20)),
                    10_000_000
                ),
                new Instrument(
                    "ETH",
                    4,
                    new MarginTable(new MarginTier(0, 25), new MarginTier(2_000_000 * Bounds.Usd, 10)),
                    10_000_000
                ),
                new Instrument("kPEPE", 0, new MarginTable(new MarginTier(0, 10)), 1_000_000, onlyIsolated: true),
            ],
        };
}
