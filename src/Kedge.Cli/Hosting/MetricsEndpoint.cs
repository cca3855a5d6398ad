using System.Net;
using System.Net.Sockets;
using System.Text;
using Kedge.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kedge.Cli.Hosting;

/// <summary>
/// Answers <c>GET /health</c> (JSON; 200 when ok or degraded, 503 when failing) and <c>GET /metrics</c> (Prometheus text) for any service. It asks
/// nobody who they are: by default it listens on loopback alone.
/// </summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    private const int MaxConnections = 32;
    private readonly WebApplication _web;
    private readonly Func<HealthReport> _health;
    private readonly Func<string> _metrics;
    private readonly IReadOnlyDictionary<string, Func<byte[]>> _more;

    private MetricsEndpoint(
        IPEndPoint address,
        Func<HealthReport> health,
        Func<string> metrics,
        IReadOnlyDictionary<string, Func<byte[]>>? more
    )
    {
        _more = more ?? new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal);
        _health = health;
        _metrics = metrics;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:9464</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Reads an address such as <c>127.0.0.1:9464</c>, <c>[::1]:9464</c> or <c>9464</c>, which is loopback.</summary>
    /// <exception cref="KedgeException">It is none (exit 2).</exception>
    public static IPEndPoint Parse(string text, string option)
    {
        if (
            ushort.TryParse(
                text,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out ushort port
            )
        )
        {
            return new IPEndPoint(IPAddress.Loopback, port);
        }

        return
            text.Contains(':', StringComparison.Ordinal)
            && IPEndPoint.TryParse(text.Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal), out IPEndPoint? address)
            ? address
            : throw KedgeException.Usage($"{option}: '{text}' is no address with a port, such as 127.0.0.1:9464");
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="address">Where; port 0 takes a free one.</param>
    /// <param name="health">How the service stands; called for every request, on any thread.</param>
    /// <param name="metrics">Its metrics, likewise.</param>
    /// <param name="more">Further pages of JSON by path, likewise.</param>
    /// <exception cref="KedgeException">The port is in use (exit 4).</exception>
    public static async Task<MetricsEndpoint> StartAsync(
        IPEndPoint address,
        Func<HealthReport> health,
        Func<string> metrics,
        IReadOnlyDictionary<string, Func<byte[]>>? more = null
    )
    {
        MetricsEndpoint endpoint = new(address, health, metrics, more);
        try
        {
            await endpoint._web.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await endpoint.DisposeAsync().ConfigureAwait(false);
            throw KedgeException.Environment(
                $"cannot listen on {address}: {e.Message}; choose another address with --metrics",
                e
            );
        }

        ICollection<string> bound = endpoint
            ._web.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses;
        endpoint.Url = new Uri(bound.First());
        return endpoint;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "no-store";
        string path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return WriteAsync(context, 405, "text/plain", "only GET is answered\n"u8.ToArray());
        }

        switch (path)
        {
            case "/health":
                HealthReport report = _health();
                int status = report.Status == HealthStatus.Failing ? 503 : 200;
                return WriteAsync(context, status, "application/json", report.ToJson());
            case "/metrics":
                return WriteAsync(context, 200, PrometheusText.ContentType, Encoding.UTF8.GetBytes(_metrics()));
            case { } page when _more.TryGetValue(page, out Func<byte[]>? write):
                return WriteAsync(context, 200, "application/json", write());
            default:
                string there = string.Join(", ", _more.Keys.Prepend("/metrics").Prepend("/health"));
                return WriteAsync(context, 404, "text/plain", Encoding.UTF8.GetBytes($"there is nothing here, but {there}\n"));
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Signals are the command's own business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
