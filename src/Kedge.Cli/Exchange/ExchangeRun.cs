using System.Net;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;

namespace Kedge.Cli.Exchange;

/// <summary>What <c>kedge exchange run</c> was asked for.</summary>
internal sealed record ExchangeRun
{
    public required ExchangeSource Source { get; init; }

    public required int Port { get; init; }

    public required int AdminPort { get; init; }

    public required IPAddress Listen { get; init; }

    /// <summary>Venue seconds in a second; infinite for as fast as possible.</summary>
    public required double Speed { get; init; }

    public required LatencySettings Latency { get; init; }

    public required SignatureNetwork Network { get; init; }

    public required IReadOnlyList<Crypto.Address> Accounts { get; init; }

    /// <summary>Funds of each of them, USD.</summary>
    public required long Usd { get; init; }

    public string? Faults { get; init; }

    public string? State { get; init; }

    public string? Log { get; init; }
}
