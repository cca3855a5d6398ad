using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>Records that get into histories late: hidden while they are young, served afterwards, and never taken back.</summary>
public sealed class HistoryFaultTests
{
    private readonly FaultRig _rig = new();

    [Theory]
    [InlineData("userFills")]
    [InlineData("userFillsByTime")]
    [InlineData("userFunding")]
    [InlineData("userNonFundingLedgerUpdates")]
    public void A_young_record_is_missing_until_its_time_has_come(string type)
    {
        string young = Fill(2, FaultRig.WallMs);
        _rig.Venue.Information = $"[{Fill(1, FaultRig.WallMs - 60_000)},{young}]";
        _rig.Inject(FaultKind.HistoryLate, lastsMs: 4_000);
        Assert.Equal($"[{Fill(1, FaultRig.WallMs - 60_000)}]", Ask(type));
        _rig.Wait(3_999);
        Assert.Equal($"[{Fill(1, FaultRig.WallMs - 60_000)}]", Ask(type));
        _rig.Wait(1);
        Assert.Equal(_rig.Venue.Information, Ask(type));
        Assert.True(_rig.Gateway.IsQuiet);
        Assert.Equal(["fault.history_late"], _rig.Log.Select(entry => entry.Code));
    }

    [Fact]
    public void What_was_served_once_does_not_vanish_and_what_is_old_is_served()
    {
        _rig.Inject(FaultKind.HistoryLate, match: "another");
        _rig.Venue.Information = $"[{Fill(1, FaultRig.WallMs)}]";
        Assert.Equal(_rig.Venue.Information, Ask("userFills"));
        _rig.Inject(FaultKind.HistoryLate, count: 10, lastsMs: 9_000);
        Assert.Equal(_rig.Venue.Information, Ask("userFills"));
        _rig.Venue.Information = $"[{Fill(2, FaultRig.WallMs - 10_000)}]";
        Assert.Equal(_rig.Venue.Information, Ask("userFills"));
        Assert.Empty(_rig.Log);
    }

    [Fact]
    public void The_snapshot_of_a_stream_lacks_it_and_its_news_does_not()
    {
        _rig.Inject(FaultKind.HistoryLate, lastsMs: 4_000);
        string fill = Fill(1, FaultRig.WallMs);
        _rig.Echo(Frame(fill, isSnapshot: true));
        _rig.Echo(Frame(fill, isSnapshot: false));
        Assert.Equal([Frame("", isSnapshot: true), Frame(fill, isSnapshot: false)], _rig.Frames.Select(frame => frame.Text));
    }

    [Fact]
    public void When_faults_stop_it_is_served()
    {
        _rig.Venue.Information = $"[{Fill(1, FaultRig.WallMs)}]";
        _rig.Inject(FaultKind.HistoryLate, lastsMs: 10_000);
        Assert.Equal("[]", Ask("userFills"));
        _rig.Stop();
        Assert.Equal(_rig.Venue.Information, Ask("userFills"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("[[1],2]")]
    [InlineData("[{\"time\":1},3]")]
    [InlineData("{\"error\":\"no\"}")]
    public void An_answer_that_is_no_history_passes_as_it_is(string answer)
    {
        _rig.Venue.Information = answer;
        _rig.Inject(FaultKind.HistoryLate);
        Assert.Equal(answer, Ask("userFills"));
    }

    private string Ask(string type)
    {
        _rig.Request("/info", $$"""{"type":"{{type}}","user":"0x1"}""");
        return Encoding.UTF8.GetString(_rig.Answers.Last().Body.Span);
    }

    private static string Fill(int id, long timeMs) => $$"""{"coin":"BTC","time":{{timeMs}},"tid":{{id}},"oid":7}""";

    private static string Frame(string fills, bool isSnapshot) =>
        $$$"""{"channel":"userFills","data":{"user":"0x1",{{{(isSnapshot ? "\"isSnapshot\":true," : "")}}}"fills":[{{{fills}}}]}}""";
}
