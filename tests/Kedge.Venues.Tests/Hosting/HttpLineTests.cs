using System.Net;
using System.Net.Sockets;
using System.Text;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hosting;

/// <summary>
/// What a failed request tells: an order counts as not sent only when no connection was made, and one that was sent is never sent again by the
/// library below.
/// </summary>
public sealed class HttpLineTests : IDisposable
{
    private static readonly byte[] Body = "{\"type\":\"order\"}"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HttpLineTests() => _listener.Start();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Refused_connection_was_not_sent()
    {
        using HttpLine line = Line();
        _listener.Stop();
        SessionInput.HttpFailed failed = Assert.IsType<SessionInput.HttpFailed>(await line.SendAsync(Order(5_000)));
        Assert.False(failed.WasSent);
        Assert.Equal(7, failed.Request);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Venue_that_cuts_the_connection_may_have_read_the_order(bool afterReading)
    {
        using HttpLine line = Line();
        Task<SessionInput> sending = line.SendAsync(Order(5_000));
        using (Socket venue = await _listener.AcceptSocketAsync(Stop))
        {
            if (afterReading)
            {
                await Request(venue);
            }
            else
            {
                await venue.ReceiveAsync(Memory<byte>.Empty, Stop);
            }

            venue.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        SessionInput.HttpFailed failed = Assert.IsType<SessionInput.HttpFailed>(await sending);
        Assert.True(failed.WasSent, failed.Reason);
    }

    [Fact]
    public async Task Venue_that_does_not_answer_in_time_may_have_read_the_order()
    {
        using HttpLine line = Line();
        Task<SessionInput> sending = line.SendAsync(Order(300));
        using Socket venue = await _listener.AcceptSocketAsync(Stop);
        SessionInput.HttpFailed failed = Assert.IsType<SessionInput.HttpFailed>(await sending);
        Assert.True(failed.WasSent);
        Assert.Contains("300 ms", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_that_is_lost_on_a_used_connection_is_not_sent_a_second_time()
    {
        using HttpLine line = Line();
        Task<SessionInput> first = line.SendAsync(Order(5_000));
        using (Socket venue = await _listener.AcceptSocketAsync(Stop))
        {
            await Request(venue);
            await venue.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), Stop);
            SessionInput.HttpAnswered answered = Assert.IsType<SessionInput.HttpAnswered>(await first);
            Assert.Equal("{}", Encoding.UTF8.GetString(answered.Body.Span));

            Task<SessionInput> second = line.SendAsync(Order(3_000));
            await Request(venue);
            venue.Shutdown(SocketShutdown.Both);
            Assert.True(Assert.IsType<SessionInput.HttpFailed>(await second).WasSent);
        }

        Assert.False(_listener.Pending());
    }

    private HttpLine Line()
    {
        string url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        Assert.True(NetworkEndpoint.TryParse(url, isMainnet: false, out NetworkEndpoint? network));
        return new HttpLine(network, 4, 1 << 20);
    }

    private static SessionEffect.SendHttp Order(int timeoutMs) => new(7, "/exchange", Body, timeoutMs);

    /// <summary>Reads one request to the end of its body.</summary>
    private static async Task Request(Socket socket)
    {
        byte[] buffer = new byte[4_096];
        int length = 0;
        while (buffer.AsSpan(0, length).IndexOf(Body) < 0)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length), Stop);
            Assert.NotEqual(0, read);
            length += read;
        }
    }
}
