using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>The product's loop and a plain one, written apart, do the same to the last bit.</summary>
public class NaiveEqualityTests
{
    private const int Runs = 1000;
    private static readonly int FieldBytes = (int)Marshal.OffsetOf<Booking>(nameof(Booking.Reason)) + sizeof(ReasonCode);

    /// <summary>Codes of orders a venue refuses or leaves working, which a replay has none of; signals without a side stop nothing.</summary>
    private static readonly StopCode[] NeverStops =
    [
        StopCode.None,
        StopCode.NoSignal,
        StopCode.WorkingOrder,
        StopCode.Refused,
        StopCode.Count,
    ];

    private static readonly ReasonCode[] NeverBooked =
    [
        ReasonCode.None,
        ReasonCode.StopMoved,
        ReasonCode.RiskReduction,
        ReasonCode.OperatorOrder,
        ReasonCode.StrategySignal,
        ReasonCode.VenueForced,
        ReasonCode.ForeignFill,
    ];

    [Fact]
    public void RandomConfigurationsGiveTheSameBookings()
    {
        long[] actions = new long[Enum.GetValues<OrderAction>().Length];
        long[] reasons = new long[64];
        long[] stops = new long[(int)StopCode.Count];
        Parallel.For(
            1,
            Runs + 1,
            seed =>
            {
                ReplayCase run = RandomCases.Make((ulong)seed);
                ReplayRunResult product = run.Run();
                ReplayRunResult naive = NaiveReplay.Run(run);
                Same(seed, product, naive);
                lock (stops)
                {
                    product.Bookings.ForEach(b => actions[(int)b.Action]++);
                    product.Bookings.ForEach(b => reasons[(int)b.Reason]++);
                    for (int i = 0; i < stops.Length; i++)
                    {
                        stops[i] += product.Stops[i];
                    }
                }
            }
        );

        TestContext.Current.TestOutputHelper?.WriteLine(
            Table<OrderAction>(actions) + Table<ReasonCode>(reasons) + Table<StopCode>(stops)
        );
        Assert.All(
            Enum.GetValues<OrderAction>().Except([OrderAction.None]),
            a => Assert.True(actions[(int)a] > 0, $"{a} never happened")
        );
        Assert.All(
            Enum.GetValues<ReasonCode>().Except(NeverBooked),
            r => Assert.True(reasons[(int)r] > 0, $"{r} never happened")
        );
        Assert.All(Enum.GetValues<StopCode>().Except(NeverStops), s => Assert.True(stops[(int)s] > 0, $"{s} never happened"));
    }

    internal static void Same(int seed, ReplayRunResult expected, ReplayRunResult actual)
    {
        int common = Math.Min(expected.Bookings.Count, actual.Bookings.Count);
        for (int i = 0; i < common; i++)
        {
            Booking a = expected.Bookings[i];
            Booking b = actual.Bookings[i];
            Assert.True(SameBits(a, b), $"seed {seed}, booking {i}:\n{Text(a)}\n{Text(b)}");
        }

        Assert.True(
            expected.Bookings.Count == actual.Bookings.Count,
            $"seed {seed}: {expected.Bookings.Count} and {actual.Bookings.Count} bookings"
        );
        Assert.True(expected.Equity.SequenceEqual(actual.Equity), $"seed {seed}: equity");
        Assert.True(expected.Stops.SequenceEqual(actual.Stops), $"seed {seed}: stops");
        Assert.True(expected.Hash == actual.Hash, $"seed {seed}: hash");
    }

    /// <summary>Compares all fields bit by bit; what lies behind the last one is padding.</summary>
    internal static bool SameBits(in Booking a, in Booking b) => Bytes(a).SequenceEqual(Bytes(b));

    private static ReadOnlySpan<byte> Bytes(in Booking booking) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Booking>(in booking))[..FieldBytes];

    private static string Text(in Booking b)
    {
        object boxed = b;
        return string.Join(' ', typeof(Booking).GetFields().Select(f => $"{f.Name}={f.GetValue(boxed)}"));
    }

    private static string Table<T>(long[] counts)
        where T : struct, Enum =>
        string.Join(
            ", ",
            Enum.GetValues<T>().Select(v => $"{v} {(Convert.ToInt32(v) < counts.Length ? counts[Convert.ToInt32(v)] : 0)}")
        ) + "\n";
}
