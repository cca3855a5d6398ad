using System.Net.Http.Headers;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>Requests over pooled connections. Every request ends in exactly one input.</summary>
internal sealed class HttpLine : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Shorter than any server keeps a quiet connection, or an order could meet a connection that is being closed.</summary>
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client;
    private readonly Uri _info;
    private readonly Uri _exchange;
    private readonly CancellationTokenSource _closing = new();

    internal HttpLine(NetworkEndpoint network, int connections, int maxBytes)
    {
        _info = new Uri(network.Rest, "/info");
        _exchange = new Uri(network.Rest, "/exchange");
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = ConnectPatience,
                MaxConnectionsPerServer = connections,
                PooledConnectionIdleTimeout = IdleLifetime,
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                UseCookies = false,
                UseProxy = !network.Rest.IsLoopback,
                ActivityHeadersPropagator = null,
            }
        )
        {
            MaxResponseContentBufferSize = maxBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends one request and waits for its end.</summary>
    internal async Task<SessionInput> SendAsync(SessionEffect.SendHttp request)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        patience.CancelAfter(request.TimeoutMs);
        try
        {
            using ReadOnlyMemoryContent body = new(request.Body);
            body.Headers.ContentType = Json;
            using HttpRequestMessage message = new(HttpMethod.Post, request.Path == "/exchange" ? _exchange : _info);
            message.Content = body;
            using HttpResponseMessage answer = await _client.SendAsync(message, patience.Token).ConfigureAwait(false);
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false);
            return new SessionInput.HttpAnswered(request.Request, (int)answer.StatusCode, bytes);
        }
        catch (HttpRequestException e)
        {
            // Anything later than the making of the connection may have been read by the venue.
            bool wasSent =
                e.HttpRequestError
                is not (
                    HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
                );
            return new SessionInput.HttpFailed(request.Request, wasSent, Describe(e));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            string why = _closing.IsCancellationRequested ? "closed by us" : $"no answer within {request.TimeoutMs} ms";
            return new SessionInput.HttpFailed(request.Request, WasSent: true, why);
        }
    }

    /// <summary>Ends all requests that are under way.</summary>
    internal void Close() => _closing.Cancel();

    public void Dispose()
    {
        _client.Dispose();
        _closing.Dispose();
    }

    private static string Describe(HttpRequestException e) => $"{e.HttpRequestError}: {e.InnerException?.Message ?? e.Message}";
}
