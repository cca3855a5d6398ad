using Kedge.Data.Generated;

namespace Kedge.Data.Tests;

/// <summary>Streams of seeded numbers.</summary>
public sealed class SeededRandomTests
{
    [Fact]
    public void Uniforms_taken_together_are_those_taken_one_by_one_and_the_stream_goes_on_behind_them()
    {
        SeededRandom one = new(7);
        SeededRandom many = new(7);
        double[] taken = new double[300];
        many.NextUniforms(taken.AsSpan(0, 1));
        many.NextUniforms(taken.AsSpan(1, 298));
        many.NextUniforms([]);
        taken[^1] = many.NextUniform();
        Assert.All(taken, value => Assert.Equal(one.NextUniform(), value));
        Assert.All(taken, value => Assert.InRange(value, 0.0, 1.0));
        Assert.Equal(one.NextBits(), many.NextBits());
    }
}
