using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kedge.Exchange.Hosting;

/// <summary>
/// Serves a gateway over HTTP and WebSocket on one port, and its operator on another. It owns sockets, clock and timers and decides nothing: bytes
/// go to the gateway, what the gateway answers goes back.
/// </summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private static readonly byte[] Busy = "the venue is busy"u8.ToArray();

    private readonly GatewayHostOptions _options;
    private readonly GatewayLoop _loop;
    private readonly DelayLine _inbound;
    private readonly DelayLine _outbound;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<GatewayOutput>> _requests = new();
    private readonly ConcurrentDictionary<long, GatewaySocket> _sockets = new();
    private readonly WebApplication _web;
    private long _number;
    private long _taken;

    private GatewayHost(IMachine<GatewayInput, GatewayOutput> gateway, GatewayHostOptions options)
    {
        _options = options;
        _inbound = new DelayLine(options.Time, options.Inbound);
        _outbound = new DelayLine(options.Time, options.Outbound);
        VenueClock clock = new(options.Time, options.Speed, options.StartMs);
        _loop = new GatewayLoop(gateway, clock, options.Time, options.MaxWaiting, CarryOut);
        _web = Build(options);
    }

    /// <summary>Where requests go, for example <c>http://127.0.0.1:3001</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Where the operator's requests go; null when there is no such port.</summary>
    public Uri? AdminUrl { get; private set; }

    /// <summary>Requests taken so far.</summary>
    public long Requests => Interlocked.Read(ref _taken);

    /// <summary>WebSocket connections that are open.</summary>
    public int Connections => _sockets.Count;

    /// <summary>Ends when the host is disposed; with the fault when the gateway failed, which is a fault of the program.</summary>
    public Task Ended => _loop.Ended;

    /// <summary>Starts to serve. The gateway belongs to the host from now on.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="options">How.</param>
    /// <param name="begin">Runs before the first request, on the gateway's thread; for its first timers.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<GatewayHost> StartAsync(
        IMachine<GatewayInput, GatewayOutput> gateway,
        GatewayHostOptions options,
        Action<Now, IEffectSink<GatewayOutput>>? begin = null
    )
    {
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(options);
        GatewayHost host = new(gateway, options);
        try
        {
            if (begin is not null)
            {
                await host.RunAsync(
                        (now, effects) =>
                        {
                            begin(now, effects);
                            return true;
                        }
                    )
                    .ConfigureAwait(false);
            }

            await host._web.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        string[] addresses = [.. host.Addresses()];
        host.Url = new Uri(addresses[0]);
        host.AdminUrl = addresses.Length > 1 ? new Uri(addresses[1]) : null;
        _ = host.FailWhenEndedAsync();
        return host;
    }

    /// <summary>Runs something between two inputs of the gateway, for example saving its state.</summary>
    public Task<T> RunAsync<T>(Func<Now, IEffectSink<GatewayOutput>, T> work) => _loop.Run(work);

    /// <summary>Stops serving. Open connections are cut after a moment.</summary>
    public async ValueTask DisposeAsync()
    {
        _loop.Dispose();
        foreach (GatewaySocket socket in _sockets.Values)
        {
            socket.CloseByHost(WebSocketCloseStatus.EndpointUnavailable, "the venue closes");
        }

        FailRequests();
        using (CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500)))
        {
            await _web.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await _web.DisposeAsync().ConfigureAwait(false);
        _inbound.Dispose();
        _outbound.Dispose();
    }

    private WebApplication Build(GatewayHostOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, Lifetime>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxMessageBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            if (options.AdminPort is { } port)
            {
                kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        WebApplication web = builder.Build();
        web.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        web.Run(ServeAsync);
        return web;
    }

    private ICollection<string> Addresses() =>
        _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private Task ServeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (AdminUrl is { } admin && context.Connection.LocalPort == admin.Port)
        {
            return ServeOperatorAsync(context, path);
        }

        if (context.WebSockets.IsWebSocketRequest)
        {
            return path == "/ws" ? ServeSocketAsync(context) : AnswerAsync(context, 404, "no such path"u8.ToArray());
        }

        return (path, HttpMethods.IsPost(context.Request.Method)) switch
        {
            ("/info" or "/exchange", true) => ServeRequestAsync(context, path),
            ("/info" or "/exchange", false) => AnswerAsync(context, 405, "only POST is answered"u8.ToArray()),
            _ => AnswerAsync(context, 404, "no such path"u8.ToArray()),
        };
    }

    private async Task ServeRequestAsync(HttpContext context, string path)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return;
        }

        Interlocked.Increment(ref _taken);
        long number = Interlocked.Increment(ref _number);
        TaskCompletionSource<GatewayOutput> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[number] = answer;
        GatewayInput.HttpRequested request = new(number, path, body, Caller(context));
        if (_options.Inbound.MaxMs == 0)
        {
            Bring(request, answer);
        }
        else
        {
            _inbound.Send(lane: null, () => Bring(request, answer));
        }

        GatewayOutput output;
        try
        {
            output = answer.Task.IsCompleted
                ? answer.Task.Result
                : await answer.Task.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has left; nobody waits for the answer.
            _requests.TryRemove(number, out _);
            return;
        }

        if (output is GatewayOutput.HttpResponded responded)
        {
            await AnswerAsync(context, responded.Status, responded.Body, responded.IsJson).ConfigureAwait(false);
        }
        else
        {
            context.Abort();
        }
    }

    private void Bring(GatewayInput.HttpRequested request, TaskCompletionSource<GatewayOutput> answer)
    {
        if (!_loop.Post(request))
        {
            _requests.TryRemove(request.Request, out _);
            answer.TrySetResult(new GatewayOutput.HttpResponded(request.Request, 503, IsJson: false, Busy));
        }
    }

    private async Task ServeSocketAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        long id = Interlocked.Increment(ref _number);
        using GatewaySocket client = new(id, socket, _options, context.Abort);
        _sockets[id] = client;
        bool Post(GatewayInput input)
        {
            bool taken = true;
            _inbound.Send(client.Inbound, () => taken = _loop.Post(input));
            return taken;
        }

        if (Post(new GatewayInput.SocketOpened(id, Caller(context))))
        {
            await client.RunAsync(Post).ConfigureAwait(false);
        }
        else
        {
            context.Abort();
        }

        _sockets.TryRemove(id, out _);
        if (!client.EndedByGateway)
        {
            // Must not be lost however full the queue is, or the gateway would keep the connection for ever.
            _inbound.Send(client.Inbound, () => _loop.PostAlways(new GatewayInput.SocketClosed(id)));
        }
    }

    private async Task ServeOperatorAsync(HttpContext context, string path)
    {
        // A page in a browser can reach loopback too; it always names where it comes from.
        if (context.Request.Headers.Origin.Count > 0 || _options.Desk is not { } desk)
        {
            await AnswerAsync(context, _options.Desk is null ? 404 : 403, "not for you"u8.ToArray()).ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return;
        }

        OperatorRequest request = new(context.Request.Method, path, body);
        OperatorAnswer answer = await RunAsync((now, effects) => desk.Answer(request, in now, effects)).ConfigureAwait(false);
        await AnswerAsync(context, answer.Status, answer.Body, answer.IsJson).ConfigureAwait(false);
    }

    /// <summary>What the gateway asks for; on its thread.</summary>
    private void CarryOut(GatewayOutput output)
    {
        switch (output)
        {
            case GatewayOutput.HttpResponded responded:
                Finish(responded.Request, responded);
                break;
            case GatewayOutput.HttpAborted aborted:
                Finish(aborted.Request, aborted);
                break;
            case GatewayOutput.SocketSend send:
                if (_sockets.TryGetValue(send.Connection, out GatewaySocket? socket))
                {
                    if (_options.Outbound.MaxMs == 0)
                    {
                        socket.Send(send.Text);
                    }
                    else
                    {
                        _outbound.Send(socket.Outbound, () => socket.Send(send.Text));
                    }
                }

                break;
            case GatewayOutput.SocketClose close:
                if (_sockets.TryGetValue(close.Connection, out GatewaySocket? closing))
                {
                    _outbound.Send(closing.Outbound, () => closing.CloseByGateway(close.IsAbrupt, close.Reason));
                }

                break;
            case GatewayOutput.Logged logged:
                _options.Log?.Invoke(logged.Entry);
                break;
        }
    }

    private void Finish(long request, GatewayOutput output)
    {
        if (_requests.TryRemove(request, out TaskCompletionSource<GatewayOutput>? answer))
        {
            if (_options.Outbound.MaxMs == 0)
            {
                answer.TrySetResult(output);
            }
            else
            {
                _outbound.Send(lane: null, () => answer.TrySetResult(output));
            }
        }
    }

    private async Task FailWhenEndedAsync()
    {
        try
        {
            await _loop.Ended.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Told by Ended; here only those who wait are let go.
            FailRequests();
        }
    }

    private void FailRequests()
    {
        foreach (long request in _requests.Keys)
        {
            if (_requests.TryRemove(request, out TaskCompletionSource<GatewayOutput>? answer))
            {
                answer.TrySetResult(new GatewayOutput.HttpAborted(request));
            }
        }
    }

    private async ValueTask<byte[]?> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        try
        {
            if (request.ContentLength is { } known && known <= _options.MaxMessageBytes)
            {
                byte[] body = new byte[known];
                await request.Body.ReadExactlyAsync(body, context.RequestAborted).ConfigureAwait(false);
                return body;
            }

            using MemoryStream copy = new();
            await request.Body.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
            return copy.ToArray();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad)
        {
            await AnswerAsync(context, bad.StatusCode, Encoding.UTF8.GetBytes(bad.Message)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client left before it had said what it wanted.
        }

        return null;
    }

    private static string Caller(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static async Task AnswerAsync(HttpContext context, int status, ReadOnlyMemory<byte> body, bool isJson = false)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = isJson ? "application/json" : "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        try
        {
            await response.BodyWriter.WriteAsync(body).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has left.
        }
    }

    /// <summary>Signals of the process are the program's business.</summary>
    private sealed class Lifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
