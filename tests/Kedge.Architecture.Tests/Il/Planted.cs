using System.Runtime.CompilerServices;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests.Il;

/// <summary>Methods that break the kernel subset, one rule each, and some that look like it and do not.</summary>
internal static unsafe class Planted
{
    private static int s_counter = 1;

    private static readonly double[] s_table = [1.0, 2.0];

    public static object NewObject() => new();

    public static int NewArray(int n) => new int[n].Length;

    public static object Boxes(int n) => n;

    public static int Text() => "text".Length;

    public static int Throws(int n) => n > 0 ? n : throw new InvalidOperationException();

    public static double ReadsArray(double[] values, int i) => values[i];

    public static void WritesArray(double[] values, int i) => values[i] = 1.0;

    public static int Length(double[] values) => values.Length;

    public static string? Casts(object value) => value as string;

    public static object HardCast(object value) => (string)value;

    public static int CallsVirtual(object value) => value.GetHashCode();

    public static Func<int> Delegates() => Counter;

    public static delegate* <int> FunctionPointer() => &Counter;

    public static int Counter() => s_counter;

    public static double Table(int i) => s_table[i];

    public static int Catches(int n)
    {
        try
        {
            return n + 1;
        }
        finally
        {
            n++;
        }
    }

    public static int DividesIntegers(int a, int b) => a / b;

    public static uint DividesUnsigned(uint a, uint b) => a / b;

    public static long Remainder(long a) => a % 7L;

    public static double FloatRemainder(double a) => a % 7.0;

    public static int DividesInBranches(int a, int b, bool first) => (first ? a : b) / (first ? b : 3);

    public static int ToInteger(double x) => (int)x;

    public static ulong ToUnsigned(double x) => (ulong)(x * 2.0);

    public static double Power(double x) => Math.Pow(x, 2.0);

    public static double LibraryMax(double a, double b) => Math.Max(a, b);

    public static decimal Money(decimal a) => a;

    public static int Spans(ReadOnlySpan<int> values) => values.IsEmpty ? 0 : 1;

    public static int Switches(string word) =>
        word switch
        {
            "a" => 1,
            "b" => 2,
            _ => 3,
        };

    public static int Checked(int a, int b) => checked(a + b);

    public static int Stack(int n)
    {
        int* values = stackalloc int[n];
        return values[0];
    }

    public static int Recurses(int n) => n <= 0 ? 0 : Recurses(n - 1);

    public static double Deep(double x) => Middle(x) + 1.0;

    private static double Middle(double x) => x > 0.0 ? Power(x) : x;

    public static double ThroughGeneric<T>(T rule, double x)
        where T : struct, IRule => rule.Apply(x);

    public static double ThroughObject<T>(T value)
        where T : struct => value.GetHashCode();

    public static double Clean(double* values, int count, in Tick tick)
    {
        double sum = 0.0;
        for (int i = 0; i < count; i++)
        {
            sum += Math.Sqrt(Math.Abs(values[i])) / (i + 1);
        }

        return sum / (tick.TimeMs > 0 ? count : 1.0);
    }

    public static int CleanSwitch(int n) =>
        n switch
        {
            0 => 5,
            1 => 7,
            2 => 9,
            3 => 1,
            _ => 0,
        };

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long CleanIntegers(long a, int b) => (a << 3) + (b * 7) - (a ^ 5L);

    public interface IRule
    {
        double Apply(double x);
    }

    public struct GoodRule : IRule
    {
        public readonly double Apply(double x) => x / 2.0;
    }

    public struct BadRule : IRule
    {
        public readonly double Apply(double x) => Math.Exp(x);
    }

    /// <summary>A trace as a test would write it: it lives outside the kernel and may do what it likes.</summary>
    public struct Recorder : ITrace
    {
        public List<GateId> Seen = [];

        public Recorder() { }

        public readonly void Begin(in Tick tick) { }

        public readonly void Market(in MarketContext market) { }

        public readonly void Gate(int symbol, GateId gate, double actual, double threshold, bool passed) => Seen.Add(gate);

        public readonly void Signal(int symbol, in Kernel.MeiAlpha.GateRecord gates, in Signal signal) { }

        public readonly void FinalSignal(int symbol, in Signal signal, StopCode stop) { }

        public readonly void Stopped(int symbol, StopCode code) { }

        public readonly void Term(int symbol, SizingTerm term, double value) { }

        public readonly void Exit(int symbol, double price, in Kernel.MeiAlpha.Exits.ExitDecision decision) { }

        public readonly void Ordered(in KernelOrder order, in OrderOutcome outcome) { }
    }
}
