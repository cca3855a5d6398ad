using System.Text;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;

namespace Kedge.Simulation.Tests.Venues;

/// <summary>The gateway is reached over the simulated network, and only while it runs.</summary>
public sealed class SimulatedVenueServerTests
{
    private readonly World _world = new();
    private readonly SimulatedVenueServer _server;

    public SimulatedVenueServerTests()
    {
        ExchangeSettings settings = new()
        {
            Instruments = [new Instrument("BTC", 5, new MarginTable(new MarginTier(0, 40)), 10_000_000)],
        };
        SimProcess venue = _world.Scheduler.AddProcess("venue");
        _server = new SimulatedVenueServer(
            _world.Network,
            venue,
            _ => new HyperliquidGateway(new ExchangeCore(settings), new GatewaySettings()),
            _ => [],
            messageBytesMax: 1_000
        );
        venue.Start();
    }

    [Fact]
    public void Questions_are_answered()
    {
        RequestOutcome outcome = Ask("""{"type":"meta"}""");
        Assert.Equal((RequestResult.Answered, 200), (outcome.Result, outcome.Status));
        Assert.Contains("\"BTC\"", Encoding.UTF8.GetString(outcome.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ping_over_the_socket_is_answered_whatever_it_is_cut_into()
    {
        SimSocket socket = _world.Network.Connect(_world.Client, _server.Names.Socket, _world.Here);
        _world.Scheduler.RunFor(100);
        foreach (byte one in MessageFrames.Write("""{"method":"ping"}"""u8))
        {
            socket.Send([one]);
        }

        _world.Scheduler.RunFor(100);
        MessageFrames frames = new(10_000);
        frames.Add([.. _world.Here.Bytes]);
        Assert.True(frames.TryTake(out byte[] text));
        Assert.Equal("""{"channel":"pong"}""", Encoding.UTF8.GetString(text));
    }

    [Fact]
    public void A_message_that_is_too_long_ends_the_connection()
    {
        SimSocket socket = _world.Network.Connect(_world.Client, _server.Names.Socket, _world.Here);
        _world.Scheduler.RunFor(100);
        socket.Send(MessageFrames.Write(new byte[1_001]));
        _world.Scheduler.RunFor(100);
        Assert.Equal(SocketClose.Reset, _world.Here.Reason);
    }

    [Fact]
    public void A_killed_venue_refuses_and_a_restarted_one_answers()
    {
        _server.Process.Kill(KillKind.Process, "test");
        Assert.Null(_server.Gateway);
        Assert.Equal(RequestResult.Refused, Ask("""{"type":"meta"}""").Result);
        _server.Process.Start();
        Assert.Equal(RequestResult.Answered, Ask("""{"type":"meta"}""").Result);
    }

    private RequestOutcome Ask(string body)
    {
        RequestOutcome? outcome = null;
        _world.Network.Requests.Send(
            _world.Client,
            _server.Names.Http,
            "/info",
            Encoding.UTF8.GetBytes(body),
            5_000,
            (_, end) => outcome = end
        );
        _world.Scheduler.RunFor(6_000);
        return outcome!.Value;
    }
}
