using System.Diagnostics.CodeAnalysis;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>Which Hyperliquid is spoken to.</summary>
/// <param name="Name"><c>mainnet</c>, <c>testnet</c>, or the address of a custom one.</param>
/// <param name="Rest">Where requests go, without a path.</param>
/// <param name="Socket">The WebSocket.</param>
/// <param name="IsMainnet">Whether actions are signed for the main network; the two sign differently.</param>
public sealed record NetworkEndpoint(string Name, Uri Rest, Uri Socket, bool IsMainnet)
{
    /// <summary>The real one.</summary>
    public static NetworkEndpoint Mainnet { get; } =
        new("mainnet", new Uri("https://api.hyperliquid.xyz"), new Uri("wss://api.hyperliquid.xyz/ws"), IsMainnet: true);

    /// <summary>The venue's test network.</summary>
    public static NetworkEndpoint Testnet { get; } =
        new(
            "testnet",
            new Uri("https://api.hyperliquid-testnet.xyz"),
            new Uri("wss://api.hyperliquid-testnet.xyz/ws"),
            IsMainnet: false
        );

    /// <summary>
    /// Reads <c>mainnet</c>, <c>testnet</c>, or an address such as <c>http://127.0.0.1:3001</c>, whose WebSocket is <c>/ws</c> on the same port.
    /// </summary>
    /// <param name="text">What a user wrote.</param>
    /// <param name="isMainnet">How a custom venue is signed for.</param>
    /// <param name="endpoint">The result.</param>
    public static bool TryParse(string? text, bool isMainnet, [NotNullWhen(true)] out NetworkEndpoint? endpoint)
    {
        endpoint = text switch
        {
            "mainnet" => Mainnet,
            "testnet" => Testnet,
            _ => null,
        };
        if (
            endpoint is null
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? rest)
            && rest.Scheme is "http" or "https"
            && rest.AbsolutePath == "/"
            && rest.Query.Length == 0
            && rest.UserInfo.Length == 0
        )
        {
            string scheme = rest.Scheme == "https" ? "wss" : "ws";
            Uri socket = new($"{scheme}://{rest.Authority}/ws");
            endpoint = new NetworkEndpoint(rest.GetLeftPart(UriPartial.Authority), rest, socket, isMainnet);
        }

        return endpoint is not null;
    }
}
