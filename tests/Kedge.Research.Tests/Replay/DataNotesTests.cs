using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>What a user must be told about the series of a run.</summary>
public class DataNotesTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void AnEntrySeriesThatDoesNothingIsSaid(bool onCandleClose, int said)
    {
        Dictionary<string, List<Bar>> bars = new(StringComparer.Ordinal) { ["BTC"] = [new Bar(0, 1.0, 1.0, 1.0, 1.0, 1.0)] };
        using MemoryCandles main = new(Interval.Parse("1h"), bars);
        using MemoryCandles entry = new(Interval.Parse("5m"), bars);
        ReplayInput input = new()
        {
            Main = main,
            Entry = entry,
            Parameters = [default],
            Portfolio = new Parameters { SignalOnCandleClose = onCandleClose },
            Lookback = 200,
            InitialBalance = 1000.0,
        };
        List<string> notes = [];
        DataNotes.Describe(input, notes);
        Assert.Equal(said, notes.Count(n => n.Contains("signal_on_candle_close", StringComparison.Ordinal)));

        // The configuration may have said so already.
        DataNotes.Describe(input, notes);
        Assert.Equal(said, notes.Count(n => n.Contains("signal_on_candle_close", StringComparison.Ordinal)));
    }
}
