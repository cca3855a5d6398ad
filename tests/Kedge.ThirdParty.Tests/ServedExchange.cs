using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kedge.Crypto;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Exchange.Market;
using CoreAddress = Kedge.Exchange.Core.Address;

namespace Kedge.ThirdParty.Tests;

/// <summary>A simulated exchange on loopback, with one account that has funds, its agent, and a market that moves.</summary>
internal sealed class ServedExchange : IAsyncDisposable
{
    private const long MinuteMs = 60_000;
    private const int BarsBefore = 180;
    private const int BarsAfter = 60;

    private readonly ConcurrentQueue<GatewayLogEntry> _log = new();
    private GatewayHost _host = null!;
    private CountingGateway _gateway = null!;

    private ServedExchange(string account, string accountKey, string agentKey)
    {
        Account = account;
        AccountKey = accountKey;
        AgentKey = agentKey;
    }

    public string Account { get; }

    public string AccountKey { get; }

    public string AgentKey { get; }

    public Uri Url => _host.Url;

    public IReadOnlyCollection<GatewayLogEntry> Log => _log;

    /// <summary>Signed requests that came, over REST and over the WebSocket.</summary>
    public (long OverRest, long OverSocket) Signed => (_gateway.OverRest, _gateway.OverSocket);

    public static async Task<ServedExchange> StartAsync(GatewaySettings settings)
    {
        (string accountKey, CoreAddress account) = NewKey();
        (string agentKey, CoreAddress agent) = NewKey();
        ServedExchange served = new(account.ToString(), accountKey, agentKey);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        ExchangeSettings rules = new() { Instruments = [Instrument("BTC", 5, 40, 100_000), Instrument("ETH", 4, 25, 10_000)] };
        // The scripts ask again and again until something is so; on a slow machine that must not use up the budget of a minute.
        settings = settings with
        {
            WeightPerMinute = 1_000_000,
        };
        GatewayMarket market = new([Series(0, now, 60_000_0), Series(1, now, 2_000_00)], new MarketSettings(), now);
        CountingGateway gateway = new(new HyperliquidGateway(new ExchangeCore(rules), settings, market));
        served._gateway = gateway;
        served._host = await GatewayHost.StartAsync(gateway, new GatewayHostOptions { Port = 0, Log = served._log.Enqueue });
        await served._host.RunAsync(
            (at, effects) =>
            {
                VenueOperation open = new VenueOperation.OpenAccount(account, agent, 100_000 * Bounds.Usd);
                gateway.Handle(new GatewayInput.Operated(open), at, effects);
                return true;
            }
        );
        return served;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static Instrument Instrument(string name, int sizeDecimals, int leverage, long highestUsd) =>
        new(
            name,
            sizeDecimals,
            new MarginTable(new MarginTier(0, leverage)),
            highestUsd * 4 * (long)Math.Pow(10, 6 - sizeDecimals)
        );

    /// <summary>A calm wave of 0.2 % around a price, so that no limit far away is ever reached.</summary>
    private static MarketSeries Series(int symbol, long nowMs, long middle)
    {
        List<MarketBar> bars = [];
        long first = (nowMs / MinuteMs - BarsBefore) * MinuteMs;
        long before = middle;
        for (int i = 0; i < BarsBefore + BarsAfter; i++)
        {
            long close = middle + (long)(middle * 0.002 * Math.Sin(i / 7.0));
            bars.Add(
                new MarketBar(
                    first + i * MinuteMs,
                    MinuteMs,
                    before,
                    Math.Max(before, close) + middle / 10_000,
                    Math.Min(before, close) - middle / 10_000,
                    close,
                    50_000
                )
            );
            before = close;
        }

        return new MarketSeries(symbol, bars, [], 7);
    }

    private static (string Key, CoreAddress Address) NewKey()
    {
        byte[] bytes = new byte[PrivateKey.Length];
        for (; ; )
        {
            RandomNumberGenerator.Fill(bytes);
            string text = "0x" + Convert.ToHexStringLower(bytes);
            if (PrivateKey.TryParse(text, out PrivateKey? key))
            {
                using (key)
                {
                    ReadOnlySpan<byte> address = Secp256k1.Default.PublicKeyOf(key).ToAddress().Span;
                    return (
                        text,
                        new CoreAddress(
                            BinaryPrimitives.ReadUInt32BigEndian(address),
                            BinaryPrimitives.ReadUInt128BigEndian(address[4..])
                        )
                    );
                }
            }
        }
    }
}
