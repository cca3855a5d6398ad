using System.Globalization;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests;

/// <summary>The hash is what docs/reference/state-hash.md says it is.</summary>
public sealed class StateHashTests
{
    [Fact]
    public void The_worked_example_of_the_reference_holds()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "state-hash.md"));
        string line = document.Split('\n').Single(line => line.StartsWith("after the size", StringComparison.Ordinal));
        ulong expected = ulong.Parse(line.Split(' ')[^1], NumberStyles.HexNumber);
        Assert.Equal(expected, StateHash.Event(StateHash.Seed, 1704070800000L, 0, ReasonCode.EntrySignal, 42000.5, 0.25));
    }

    [Fact]
    public void Each_word_changes_the_hash()
    {
        ulong hash = StateHash.Event(StateHash.Seed, 1L, 2, ReasonCode.StopLoss, 3.0, 4.0);
        Assert.NotEqual(hash, StateHash.Event(StateHash.Seed, 2L, 2, ReasonCode.StopLoss, 3.0, 4.0));
        Assert.NotEqual(hash, StateHash.Event(StateHash.Seed, 1L, 3, ReasonCode.StopLoss, 3.0, 4.0));
        Assert.NotEqual(hash, StateHash.Event(StateHash.Seed, 1L, 2, ReasonCode.TrailingStop, 3.0, 4.0));
        Assert.NotEqual(hash, StateHash.Event(StateHash.Seed, 1L, 2, ReasonCode.StopLoss, -3.0, 4.0));
        Assert.NotEqual(hash, StateHash.Event(StateHash.Seed, 1L, 2, ReasonCode.StopLoss, 3.0, -4.0));
    }
}
