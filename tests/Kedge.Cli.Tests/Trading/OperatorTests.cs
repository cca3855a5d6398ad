using System.Net.Sockets;
using System.Text;
using Kedge.Cli.Trading;
using Kedge.Model;
using Kedge.Model.Orders;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Tests.Trading;

/// <summary>What operators can say to a running lane, and what they are answered.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<EngineEvent> _told = [];
    private IReadOnlyList<EngineEffect> _follows = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_reach_the_engine_with_who_and_why_and_are_answered_with_what_followed()
    {
        _follows = [new EngineEffect.Alert("paused", "ann paused entries: news")];
        OperatorAnswer answer = await Ask(new OperatorRequest("pause", "ann", "news"));
        Assert.True(answer.IsDone);
        Assert.Equal(["ann paused entries: news"], answer.Lines);
        OperatorCommand.Pause pause = Assert.IsType<OperatorCommand.Pause>(Command());
        Assert.Equal(("ann", "news"), (pause.Operator, pause.Reason));
    }

    [Fact]
    public async Task A_refusal_of_the_engine_is_a_refusal_of_the_command()
    {
        _follows = [new EngineEffect.Alert("close_refused", "BTC has no fresh price")];
        OperatorAnswer answer = await Ask(new OperatorRequest("close", "ann", "out") { Symbol = "BTC" });
        Assert.False(answer.IsDone);
        Assert.Equal(["BTC has no fresh price"], answer.Lines);
    }

    [Theory]
    [InlineData("kill_not_confirmed")]
    [InlineData("kill_cause_remains")]
    public async Task What_was_done_only_in_part_is_no_success(string code)
    {
        _follows = [new EngineEffect.Alert(code, "less than was asked for")];
        OperatorAnswer answer = await Ask(new OperatorRequest("kill", "ann", "odd") { Mode = "halt_all" });
        Assert.False(answer.IsDone);
        Assert.Equal(["less than was asked for"], answer.Lines);
    }

    [Fact]
    public async Task A_kill_is_obeyed_by_its_id()
    {
        await Ask(
            new OperatorRequest("kill", "ann", "odd")
            {
                Mode = "halt_all",
                Confirm = true,
                Id = "k1",
            }
        );
        KillCommand kill = Assert.IsType<OperatorCommand.Kill>(Command()).Command;
        Assert.Equal(new KillCommand("k1", "ann", "odd", KillMode.HaltAll, KillKeys.Operator, true), kill);
        await Ask(new OperatorRequest("clear", "ann", "fine") { Latch = "drawdown" });
        Assert.Equal((KillMode.Off, "drawdown"), (Clear().Mode, Clear().Latch));
    }

    [Theory]
    [InlineData("fly", null, null, "is not known")]
    [InlineData("close", null, null, "needs a symbol, or --all")]
    [InlineData("close", "DOGE", null, "the lane does not watch DOGE; it watches BTC ETH")]
    [InlineData("cancel", "BTC", "first", "is no order")]
    [InlineData("kill", null, null, "is no mode")]
    [InlineData("clear", null, null, "lifts one latch by its name")]
    public async Task What_is_not_understood_changes_nothing(string verb, string? symbol, string? order, string says)
    {
        OperatorAnswer answer = await Ask(new OperatorRequest(verb, "ann", "x") { Symbol = symbol, Order = order });
        Assert.False(answer.IsDone);
        Assert.Contains(says, Assert.Single(answer.Lines), StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task An_order_by_hand_reaches_the_engine_as_it_was_meant()
    {
        OperatorAnswer answer = await Ask(
            new OperatorRequest("place", "ann", "the dip")
            {
                Symbol = "ETH",
                Side = "sell",
                Size = "0.250",
                Limit = "2310.5",
                TimeInForce = "alo",
                ReduceOnly = true,
                Leverage = "3",
                Id = "dip-1",
            }
        );
        Assert.True(answer.IsDone);
        Assert.Equal(
            new OperatorCommand.Place
            {
                Operator = "ann",
                Reason = "the dip",
                Id = "dip-1",
                Symbol = "ETH",
                IsBuy = false,
                Size = 0.25m,
                Limit = 2310.5m,
                TimeInForce = TimeInForce.Alo,
                ReduceOnly = true,
                Leverage = 3,
            },
            Command()
        );
    }

    [Theory]
    [InlineData("long", "1", null, null, null, "is no side")]
    [InlineData("buy", "-1", null, null, null, "is no size")]
    [InlineData("buy", "1,5", null, null, null, "is no size")]
    [InlineData("buy", "0", null, null, null, "is no size")]
    [InlineData("buy", "1", "best", null, null, "is no price")]
    [InlineData("buy", "1", "9", "day", null, "is none of gtc, ioc, alo")]
    [InlineData("buy", "1", null, "gtc", null, "never rests")]
    [InlineData("buy", "1", null, null, "1.5", "is no leverage")]
    public async Task An_order_that_cannot_be_meant_is_not_placed(
        string side,
        string size,
        string? limit,
        string? force,
        string? leverage,
        string says
    )
    {
        OperatorAnswer answer = await Ask(
            new OperatorRequest("place", "ann", "x")
            {
                Symbol = "BTC",
                Side = side,
                Size = size,
                Limit = limit,
                TimeInForce = force,
                Leverage = leverage,
            }
        );
        Assert.False(answer.IsDone);
        Assert.Contains(says, Assert.Single(answer.Lines), StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Nobody_gives_a_command_without_a_name()
    {
        OperatorAnswer answer = await Ask(new OperatorRequest("pause", "", "x"));
        Assert.False(answer.IsDone);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task The_socket_is_for_its_owner_alone_and_replaces_one_that_a_dead_lane_left()
    {
        string path = _folder.At("trade.sock");
        File.WriteAllText(path, "left behind");
        await using OperatorSocket socket = OperatorSocket.Open(path, Desk().AnswerAsync);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        OperatorAnswer answer = await Task.Run(
            () => OperatorSocket.Ask(path, new OperatorRequest("status", "ann", "look")),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("{\"lane\":\"paper\"}", answer.Status);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"verb\":\"pause\",\"operator\":\"ann\"}\n")]
    [InlineData("{\"verb\":\"pause\",\"operator\":\"ann\",\"reason\":null}\n")]
    [InlineData("{\"verb\":\"pause\",\"operator\":\"ann\",\"reason\":\"x\",\"more\":1}\n")]
    [InlineData("long")]
    public async Task Garbage_is_refused_with_a_reason_and_reaches_nobody(string line)
    {
        string path = _folder.At("trade.sock");
        await using OperatorSocket socket = OperatorSocket.Open(path, Desk().AnswerAsync);
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        await using NetworkStream stream = new(client);
        byte[] bytes = line == "long" ? Encoding.UTF8.GetBytes(new string('x', 4_096)) : Encoding.UTF8.GetBytes(line);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);
        string? answer = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("that is no request", answer, StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_path_that_no_socket_can_have_is_a_mistake()
    {
        string path = _folder.At(new string('x', 120));
        KedgeException refused = Assert.Throws<KedgeException>(() => OperatorSocket.Open(path, Desk().AnswerAsync));
        Assert.Equal(FailureKind.Usage, refused.Kind);
    }

    private OperatorCommand Command() => Assert.IsType<EngineEvent.Operated>(_told[^1]).Command;

    private KillCommand Clear() => Assert.IsType<OperatorCommand.Kill>(Command()).Command;

    private Task<OperatorAnswer> Ask(OperatorRequest request) => Desk().AnswerAsync(request);

    private OperatorDesk Desk() =>
        new(
            told =>
            {
                _told.Add(told);
                return Task.FromResult(_follows);
            },
            () => Task.CompletedTask,
            () => "{\"lane\":\"paper\"}",
            ["BTC", "ETH"]
        );
}
