using System.Diagnostics;
using System.Net.Http.Headers;
using Kedge.Crypto;

namespace Kedge.OrderRace;

/// <summary>Signs and posts one order after the other on some lines at once, and reads every answer; keeps nothing of them.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly Uri _exchange;
    private readonly Secp256k1 _curve;
    private readonly Lock _numbers = new();
    private readonly long _firstNonce = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private long _number;

    public RawClient(Uri url, Secp256k1 curve)
    {
        _exchange = new Uri(url, "/exchange");
        _curve = curve;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ActivityHeadersPropagator = null,
            }
        );
    }

    public long Failed { get; private set; }

    public string? FirstFailure { get; private set; }

    public async Task<TimeSpan> RunAsync(int orders, int lines)
    {
        long end = _number + orders;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => Task.Run(() => LineAsync(end))));
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose() => _http.Dispose();

    private async Task LineAsync(long end)
    {
        OrderWriter writer = new(_curve);
        while (true)
        {
            long number = Interlocked.Increment(ref _number) - 1;
            if (number >= end)
            {
                Interlocked.Decrement(ref _number);
                return;
            }

            using ByteArrayContent body = new(writer.Next(number, _firstNonce + number));
            body.Headers.ContentType = Json;
            using HttpRequestMessage request = new(HttpMethod.Post, _exchange);
            request.Content = body;
            using HttpResponseMessage answer = await _http.SendAsync(request).ConfigureAwait(false);
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            if (bytes.AsSpan().IndexOf("\"filled\""u8) < 0)
            {
                lock (_numbers)
                {
                    Failed++;
                    FirstFailure ??= $"{(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(bytes)}";
                }
            }
        }
    }
}
