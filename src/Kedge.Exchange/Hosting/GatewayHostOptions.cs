using System.Net;
using Kedge.Exchange.Gateways.Hyperliquid;

namespace Kedge.Exchange.Hosting;

/// <summary>Where and how a gateway is served.</summary>
public sealed record GatewayHostOptions
{
    /// <summary>Address it listens on. The venue has no protection against strangers but its signatures; loopback unless there is a reason.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port of <c>/info</c>, <c>/exchange</c> and <c>/ws</c>; 0 for any that is free.</summary>
    public int Port { get; init; } = 3001;

    /// <summary>Port of the operator, always on loopback; 0 for any that is free, null for none.</summary>
    public int? AdminPort { get; init; }

    /// <summary>What answers the operator; without it the operator's port answers 404.</summary>
    public IOperatorDesk? Desk { get; init; }

    /// <summary>Venue seconds in a real second, above 0; positive infinity jumps from timer to timer without waiting.</summary>
    public double Speed { get; init; } = 1.0;

    /// <summary>The venue's time when the host starts, UTC epoch milliseconds; null for the wall clock.</summary>
    public long? StartMs { get; init; }

    /// <summary>Time on the wire from client to venue.</summary>
    public LatencySettings Inbound { get; init; }

    /// <summary>Time on the wire from venue to client.</summary>
    public LatencySettings Outbound { get; init; }

    /// <summary>Longest request body and longest WebSocket message, bytes; longer ones are refused (413, close code 1009).</summary>
    public int MaxMessageBytes { get; init; } = 1 << 18;

    /// <summary>Connections at most; further ones are not accepted.</summary>
    public int MaxConnections { get; init; } = 1_024;

    /// <summary>Inputs waiting for the venue at most; further requests get 503, and a WebSocket that sends more is closed.</summary>
    public int MaxWaiting { get; init; } = 8_192;

    /// <summary>Messages waiting for one WebSocket client at most; a slower client is told and closed.</summary>
    public int MaxUnsentMessages { get; init; } = 4_096;

    /// <summary>Bytes waiting for one WebSocket client at most.</summary>
    public int MaxUnsentBytes { get; init; } = 1 << 24;

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hears the gateway's log, on the venue's thread; must not block.</summary>
    public Action<GatewayLogEntry>? Log { get; init; }
}
