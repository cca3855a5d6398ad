using System.Text;
using Kedge.Simulation.Venues;

namespace Kedge.Simulation.Tests.Venues;

/// <summary>Messages come out as they went in, whatever pieces the network makes of them.</summary>
public sealed class MessageFramesTests
{
    [Fact]
    public void Messages_survive_every_way_of_cutting()
    {
        string[] messages = ["", "a", "{\"channel\":\"pong\"}", new string('x', 10_000)];
        byte[] wire = [.. messages.SelectMany(text => MessageFrames.Write(Encoding.UTF8.GetBytes(text)))];
        foreach (int piece in (ReadOnlySpan<int>)[1, 2, 3, 7, 4_096, wire.Length])
        {
            MessageFrames frames = new(bytesMax: 10_000);
            List<string> read = [];
            for (int at = 0; at < wire.Length; at += piece)
            {
                frames.Add(wire.AsSpan(at, Math.Min(piece, wire.Length - at)));
                while (frames.TryTake(out byte[] text))
                {
                    read.Add(Encoding.UTF8.GetString(text));
                }
            }

            Assert.Equal(messages, read);
            Assert.False(frames.IsBroken);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_length_out_of_bounds_breaks_the_stream(int length)
    {
        MessageFrames frames = new(bytesMax: 10);
        frames.Add(BitConverter.GetBytes(length));
        Assert.False(frames.TryTake(out _));
        Assert.True(frames.IsBroken);
        frames.Add(MessageFrames.Write("good"u8));
        Assert.False(frames.TryTake(out _));
    }
}
