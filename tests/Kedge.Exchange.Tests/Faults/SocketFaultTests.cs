using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using static Kedge.Exchange.Tests.Faults.FaultRig;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>What each fault of sockets and frames does, alone.</summary>
public sealed class SocketFaultTests
{
    private readonly FaultRig _rig = new();

    [Fact]
    public void Without_faults_everything_passes_as_it_is()
    {
        _rig.Echo(Fills(1));
        _rig.Act();
        Assert.Equal(Fills(1), _rig.Frames.Single().Text);
        Assert.Equal(1, _rig.Answers.Single().Request);
        Assert.Empty(_rig.Log);
        Assert.True(_rig.Gateway.IsQuiet);
    }

    [Fact]
    public void A_dropped_socket_ends_abruptly_on_both_sides()
    {
        _rig.Inject(FaultKind.SocketDropped, match: "userFills");
        _rig.Echo(Updates(1));
        Assert.Single(_rig.Frames);
        _rig.Echo(Fills(1));
        GatewayOutput.SocketClose close = _rig.Outputs.Select(o => o.Output).OfType<GatewayOutput.SocketClose>().Single();
        Assert.True(close.IsAbrupt);
        Assert.IsType<GatewayInput.SocketClosed>(_rig.Venue.Heard[^1]);
        Assert.Single(_rig.Frames);
        Told("fault.socket_dropped");
    }

    [Fact]
    public void A_half_open_socket_is_silent_both_ways_until_the_client_gives_up()
    {
        _rig.Inject(FaultKind.SocketHalfOpen);
        _rig.Echo(Fills(1));
        int heard = _rig.Venue.Heard.Count;
        _rig.Echo(Fills(2));
        _rig.Wait(600_000);
        Assert.Equal(heard, _rig.Venue.Heard.Count);
        Assert.Empty(_rig.Frames);
        Assert.DoesNotContain(_rig.Outputs, o => o.Output is GatewayOutput.SocketClose);
        _rig.Send(new GatewayInput.SocketClosed(1));
        Assert.IsType<GatewayInput.SocketClosed>(_rig.Venue.Heard[^1]);
        Told("fault.socket_half_open");
    }

    [Fact]
    public void A_stalled_socket_lets_go_in_order_and_loses_nothing()
    {
        _rig.Inject(FaultKind.SocketStalled, lastsMs: 3_000);
        string[] texts = [.. Enumerable.Range(1, 5).Select(id => Fills(id))];
        Array.ForEach(texts, text => _rig.Echo(text));
        _rig.Wait(2_999);
        Assert.NotEqual(5, _rig.Frames.Count);
        _rig.Wait(1);
        Assert.Equal(texts, _rig.Frames.Select(frame => frame.Text));
        Assert.True(_rig.Gateway.IsQuiet);
        Told("fault.socket_stalled");
    }

    [Fact]
    public void A_stalled_socket_that_holds_too_much_is_dropped()
    {
        _rig.Inject(FaultKind.SocketStalled, count: 6, lastsMs: 3_000);
        for (int i = 0; i < 10_010; i++)
        {
            _rig.Echo(Updates(i));
        }

        Assert.Contains(_rig.Outputs, o => o.Output is GatewayOutput.SocketClose { IsAbrupt: true });
        Assert.Contains(_rig.Log, entry => entry.Code == "fault.socket_dropped");
    }

    [Fact]
    public void A_snapshot_is_withheld_and_what_follows_comes()
    {
        _rig.Inject(FaultKind.SnapshotWithheld);
        _rig.Echo(Fills(1));
        _rig.Echo(Fills(2, isSnapshot: true));
        _rig.Echo(Fills(3));
        _rig.Echo(Fills(4, isSnapshot: true));
        Assert.Equal([Fills(1), Fills(3), Fills(4, isSnapshot: true)], _rig.Frames.Select(frame => frame.Text));
        Told("fault.snapshot_withheld", "tid=2");
    }

    [Theory]
    [InlineData(FaultKind.FillLost, "fault.fill_lost", "tid=1")]
    [InlineData(FaultKind.UpdateLost, "fault.update_lost", "oid=1")]
    public void A_lost_frame_never_comes(FaultKind kind, string code, string name)
    {
        _rig.Inject(kind);
        Both(1);
        Both(2);
        _rig.Wait(600_000);
        Assert.Equal(3, _rig.Frames.Count);
        Assert.DoesNotContain(Frame(kind, 1), _rig.Frames.Select(frame => frame.Text));
        Told(code, name);
    }

    [Theory]
    [InlineData(FaultKind.FillDuplicated, "fault.fill_duplicated")]
    [InlineData(FaultKind.UpdateDuplicated, "fault.update_duplicated")]
    public void A_frame_comes_twice(FaultKind kind, string code)
    {
        _rig.Inject(kind, lastsMs: 200);
        Both(1);
        _rig.Wait(200);
        Assert.Equal([0L, 200L], _rig.Frames.Where(frame => frame.Text == Frame(kind, 1)).Select(frame => frame.Ms));
        Assert.Equal(3, _rig.Frames.Count);
        Told(code);
    }

    [Theory]
    [InlineData(FaultKind.FillReordered, "fault.fill_reordered")]
    [InlineData(FaultKind.UpdateReordered, "fault.update_reordered")]
    public void A_frame_comes_after_the_next_or_when_its_time_is_over(FaultKind kind, string code)
    {
        _rig.Inject(kind, count: 1, lastsMs: 1_000);
        Both(1);
        Both(2);
        string[] order =
        [
            .. _rig.Frames.Select(frame => frame.Text).Where(text => text == Frame(kind, 1) || text == Frame(kind, 2)),
        ];
        Assert.Equal([Frame(kind, 2), Frame(kind, 1)], order);
        _rig.Inject(kind, lastsMs: 1_000);
        Both(3);
        _rig.Wait(1_000);
        Assert.Equal(1_000, _rig.Frames.Single(frame => frame.Text == Frame(kind, 3)).Ms);
        Assert.Equal(6, _rig.Frames.Count);
        Told(code);
    }

    [Theory]
    [InlineData(FaultKind.FillDelayed, "fault.fill_delayed")]
    [InlineData(FaultKind.UpdateDelayed, "fault.update_delayed")]
    public void A_frame_comes_late(FaultKind kind, string code)
    {
        _rig.Inject(kind, lastsMs: 700);
        Both(1);
        _rig.Wait(5_000);
        Assert.Equal(700, _rig.Frames.Single(frame => frame.Text == Frame(kind, 1)).Ms);
        Told(code, "700 ms");
    }

    [Fact]
    public void What_is_held_for_a_socket_that_has_ended_goes_nowhere()
    {
        _rig.Inject(FaultKind.FillDelayed, lastsMs: 700);
        _rig.Echo(Fills(1));
        _rig.Send(new GatewayInput.SocketClosed(1));
        _rig.Open(2);
        _rig.Wait(1_000);
        Assert.Empty(_rig.Frames);
    }

    [Fact]
    public void A_missing_candle_is_missing_in_frames_and_answers_for_a_while_only()
    {
        _rig.Venue.Information = Candles(60_000, 120_000);
        _rig.Inject(FaultKind.CandleMissing, match: "candle", lastsMs: 5_000);
        _rig.Echo(Candle(120_000));
        _rig.Echo(Candle(180_000));
        Ask();
        Assert.Equal([Candle(180_000)], _rig.Frames.Select(frame => frame.Text));
        Assert.Equal(Candles(60_000), Text(_rig.Answers.Single()));
        _rig.Wait(5_000);
        Ask();
        Assert.Equal(Candles(60_000, 120_000), Text(_rig.Answers.Last()));
        Told("fault.candle_missing", "BTC 1m 120000");
    }

    [Fact]
    public void A_late_candle_is_the_newest_of_an_answer_or_a_held_frame()
    {
        _rig.Venue.Information = Candles(60_000, 120_000);
        _rig.Inject(FaultKind.CandleLate, match: "candleSnapshot", lastsMs: 1_000);
        Ask();
        Assert.Equal(Candles(60_000), Text(_rig.Answers.Single()));
        _rig.Wait(1_000);
        Ask();
        Assert.Equal(Candles(60_000, 120_000), Text(_rig.Answers.Last()));
        _rig.Inject(FaultKind.CandleLate, match: "candle", lastsMs: 500);
        _rig.Echo(Candle(180_000));
        _rig.Wait(500);
        Assert.Equal((1_500L, Candle(180_000)), _rig.Frames.Single());
        Told("fault.candle_late");
    }

    [Fact]
    public void A_candle_is_served_twice()
    {
        _rig.Venue.Information = Candles(60_000);
        _rig.Inject(FaultKind.CandleDuplicated, count: 2, lastsMs: 0);
        Ask();
        _rig.Echo(Candle(60_000));
        Assert.Equal(Candles(60_000, 60_000), Text(_rig.Answers.Single()));
        Assert.Equal([Candle(60_000), Candle(60_000)], _rig.Frames.Select(frame => frame.Text));
        Told("fault.candle_duplicated");
    }

    private static string Frame(FaultKind kind, int id) => kind <= FaultKind.FillDelayed ? Fills(id) : Updates(id);

    private static string Candles(params long[] opens) =>
        "[" + string.Join(',', opens.Select(open => $$"""{"t":{{open}},"s":"BTC","i":"1m"}""")) + "]";

    private static string Text(GatewayOutput.HttpResponded answer) => System.Text.Encoding.UTF8.GetString(answer.Body.Span);

    private void Ask() => _rig.Request("/info", """{"type":"candleSnapshot","req":{"coin":"BTC"}}""");

    private void Both(int id)
    {
        _rig.Echo(Fills(id));
        _rig.Echo(Updates(id));
    }

    private void Told(string code, string detail = "")
    {
        Assert.All(_rig.Log, entry => Assert.Equal(code, entry.Code));
        Assert.Contains(_rig.Log, entry => entry.Detail.Contains(detail, StringComparison.Ordinal));
    }
}
