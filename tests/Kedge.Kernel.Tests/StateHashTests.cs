namespace Kedge.Kernel.Tests;

/// <summary>The values were computed by an independent program from the text: xor, multiply by 0x9e3779b97f4a7c15, xor the shift by 29.</summary>
public sealed class StateHashTests
{
    private const long Two = 1_704_074_400_000;
    private const long Three = 1_704_078_000_000;

    [Fact]
    public void One_word_is_mixed_as_the_text_says()
    {
        Assert.Equal(0xcbf29ce484222325UL, StateHash.Seed);
        Assert.Equal(0xf8bb92ce26585846UL, StateHash.Mix(StateHash.Seed, 0UL));
        Assert.Equal(0x5a841912b01a9977UL, StateHash.Mix(StateHash.Seed, 1UL));
    }

    [Fact]
    public void Two_fills_give_the_value_of_the_text()
    {
        ulong hash = StateHash.Event(StateHash.Seed, Two, 0, ReasonCode.EntrySignal, 100.1, 20.0);
        Assert.Equal(0xb4bbf68f9806ba14UL, hash);
        Assert.Equal(0x6018beac551e60ddUL, StateHash.Event(hash, Three, 3, ReasonCode.StopLoss, 95.904, 20.0));
    }

    [Fact]
    public void The_order_of_two_events_matters()
    {
        ulong ab = StateHash.Mix(StateHash.Mix(StateHash.Seed, 100.1), 95.904);
        ulong ba = StateHash.Mix(StateHash.Mix(StateHash.Seed, 95.904), 100.1);
        Assert.NotEqual(ab, ba);
    }

    [Fact]
    public void Every_part_of_an_event_matters()
    {
        ulong[] hashes =
        [
            StateHash.Event(StateHash.Seed, Two, 0, ReasonCode.StopLoss, 1.0, 2.0),
            StateHash.Event(StateHash.Seed, Two + 1, 0, ReasonCode.StopLoss, 1.0, 2.0),
            StateHash.Event(StateHash.Seed, Two, 1, ReasonCode.StopLoss, 1.0, 2.0),
            StateHash.Event(StateHash.Seed, Two, 0, ReasonCode.TrailingStop, 1.0, 2.0),
            StateHash.Event(StateHash.Seed, Two, 0, ReasonCode.StopLoss, 1.0000000000000002, 2.0),
            StateHash.Event(StateHash.Seed, Two, 0, ReasonCode.StopLoss, 1.0, 2.0000000000000004),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }
}
