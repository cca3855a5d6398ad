using Kedge.Cli.Trading;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Tests.Trading;

/// <summary>When a paper lane asks for funding rates, and what it makes of answers.</summary>
public sealed class FundingPollerTests : IAsyncDisposable
{
    private const long Hour = 3_600_000;

    /// <summary>A full hour, and half of one more.</summary>
    private const long Start = 1_700_001_000_000 / Hour * Hour;
    private readonly Clock _clock = new(Start + (Hour / 2));
    private readonly List<VenueCommand.QueryFundingRates> _asked = [];
    private readonly List<EngineEvent.FundingRate> _told = [];
    private readonly FundingPoller _poller;

    public FundingPollerTests() =>
        _poller = new FundingPoller(
            ["BTC", "ETH"],
            asked => _asked.Add(Assert.IsType<VenueCommand.QueryFundingRates>(asked)),
            told => _told.Add(Assert.IsType<EngineEvent.FundingRate>(told)),
            _clock
        );

    public ValueTask DisposeAsync() => _poller.DisposeAsync();

    [Fact]
    public void At_the_start_three_days_of_each_symbol_are_asked_for_one_question_at_a_time()
    {
        Poll(5);
        Assert.Equal("BTC", Assert.Single(_asked).Symbol);
        Assert.Equal(Start + (Hour / 2) - (72 * Hour) + 1, _asked[0].FromMs);
        Answer(Start - Hour, Start);
        Poll(5);
        Assert.Equal(["BTC", "ETH"], _asked.Select(a => a.Symbol));
        Answer(Start);
        Poll(600);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void Then_each_hour_a_little_after_it_and_only_what_is_not_known()
    {
        Known();
        _clock.Elapsed += TimeSpan.FromHours(1);
        _clock.WallMs = Start + Hour;
        Poll(15);
        Assert.Equal(2, _asked.Count);
        Poll(10);
        Assert.Equal(3, _asked.Count);
        Assert.Equal(Start + 1, _asked[^1].FromMs);
    }

    [Fact]
    public void A_rate_is_told_once_and_an_older_one_not_after_it()
    {
        Poll(1);
        Page(false, Start - Hour, Start);
        Page(true, Start - Hour, Start);
        Assert.Equal([Start - Hour, Start], _told.Select(t => t.TimeMs));
    }

    [Fact]
    public void An_answer_to_somebody_elses_question_is_passed_over()
    {
        Poll(1);
        _poller.Take(new VenueEvent.FundingRatesAnswered(99, [(Start, 0.1)], true, null));
        Assert.Empty(_told);
    }

    [Fact]
    public void Who_does_not_answer_is_asked_again_later_and_later_and_keeps_nobody_else_waiting()
    {
        Poll(1);
        Page(error: "timeout");
        Poll(1);
        Assert.Equal(["BTC", "ETH"], _asked.Select(a => a.Symbol));
        Answer(Start);
        List<int> gaps = [];
        for (int second = 0; second < 1_300; second++)
        {
            int before = _asked.Count;
            Poll(1);
            if (_asked.Count > before)
            {
                gaps.Add(second);
                Page(error: "timeout");
            }
        }

        // After a minute, then two, four and five: it had waited for a second already.
        Assert.Equal([58, 178, 418, 718, 1_018], gaps);
        Assert.All(_asked.Skip(2), a => Assert.Equal("BTC", a.Symbol));
    }

    [Fact]
    public void A_question_that_is_lost_is_given_up_after_a_minute()
    {
        Poll(59);
        Assert.Single(_asked);
        Poll(2);
        Assert.Equal(2, _asked.Count);
        Answer(Start);
        Assert.Single(_told);
    }

    private void Known()
    {
        Poll(1);
        Answer(Start);
        Poll(1);
        Answer(Start);
        Assert.Equal(2, _asked.Count);
    }

    private void Answer(params long[] times) => Page(true, times);

    private void Page(bool isLast, params long[] times) =>
        _poller.Take(new VenueEvent.FundingRatesAnswered(_asked[^1].Request, [.. times.Select(t => (t, 0.0001))], isLast, null));

    private void Page(string error) => _poller.Take(new VenueEvent.FundingRatesAnswered(_asked[^1].Request, [], false, error));

    /// <summary>So many seconds pass.</summary>
    private void Poll(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _clock.WallMs += 1_000;
            _clock.Elapsed += TimeSpan.FromSeconds(1);
            _poller.Ask();
        }
    }

    private sealed class Clock(long wallMs) : TimeProvider
    {
        public long WallMs { get; set; } = wallMs;

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(WallMs);

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
