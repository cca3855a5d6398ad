using System.Reflection;
using System.Runtime.InteropServices;
using Kedge.KernelCompiler.Tests.Constructs;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests;

/// <summary>Every kind of IL the kernel may use, translated and run beside the same method in .NET, on numbers with all their edges.</summary>
public sealed unsafe class ConstructTests
{
    private const int Cells = 4_000;

    private static readonly Lazy<TranslatedKernel> Kernel = new(() => Planted.Translate([.. Methods.Select(Planted.Entry)]));

    private static readonly Lazy<TwinLibrary> Library = new(() => new TwinLibrary(Kernel.Value.Text));

    private static readonly double[] Edges =
    [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        0.49999999999999994,
        4503599627370495.5,
        4503599627370496.0,
        -4503599627370497.0,
        9007199254740993.0,
        double.Epsilon,
        -double.Epsilon,
        2.2250738585072009E-308,
        1e-300,
        double.MaxValue,
        double.MinValue,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.NaN,
        0.0000000000005,
        1.0000000000005,
    ];

    internal static TranslatedKernel Translated => Kernel.Value;

    internal static IEnumerable<MethodInfo> Methods =>
        new[] { typeof(NumberConstructs), typeof(ShapeConstructs) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .OrderBy(method => method.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Methods.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_translation_gives_the_bits_of_dotnet(string name)
    {
        Assert.SkipWhen(TwinLibrary.WhyAbsent is not null, TwinLibrary.WhyAbsent ?? "");
        Compare(Methods.Single(m => m.Name == name), Library.Value);
    }

    /// <summary>Runs a construct in .NET and in a library, on the same cells.</summary>
    internal static void Compare(MethodInfo method, TwinLibrary library)
    {
        string name = method.Name;
        Fields fields = new(Kernel.Value, typeof(Cell));
        Cell* expected = Make();
        Cell* actual = Make();
        for (int i = 0; i < Cells; i++)
        {
            // Both sides point at the same neighbour, which neither changes.
            expected[i].Other = actual[i].Other = (Cell*)Neighbour;
        }

        delegate* <Cell*, long, void> managed = (delegate* <Cell*, long, void>)method.MethodHandle.GetFunctionPointer();
        for (long i = 0; i < Cells; i++)
        {
            managed(expected, i);
        }

        library.Run(name, actual, Cells);
        for (int i = 0; i < Cells; i++)
        {
            string? difference = fields.Difference(expected + i, actual + i);
            Assert.True(difference is null, $"{name}, cell {i}: {difference}");
        }

        NativeMemory.Free(expected);
        NativeMemory.Free(actual);
    }

    [Fact]
    public void The_same_entry_points_give_the_same_bytes()
    {
        string again = Planted.Translate([.. Methods.Select(Planted.Entry)]).Text;
        Assert.Equal(Kernel.Value.Text, again);
    }

    private static nint Neighbour { get; } = (nint)Make();

    private static Cell* Make()
    {
        TestRandom random = new(7);
        Cell* cells = (Cell*)NativeMemory.AllocZeroed(Cells, (nuint)sizeof(Cell));
        for (int i = 0; i < Cells; i++)
        {
            Cell* c = cells + i;
            // The first cells hold every pair of edges; the rest any bits, and ordinary numbers.
            c->X = i < Edges.Length * Edges.Length ? Edges[i / Edges.Length] : Number(random);
            c->Y = i < Edges.Length * Edges.Length ? Edges[i % Edges.Length] : Number(random);
            c->Z = Number(random);
            c->A = random.Chance(0.3) ? random.Pick(0, 1, -1, 7_000_000_000, long.MinValue, long.MaxValue) : (long)random.Bits();
            c->B = random.Chance(0.3) ? random.Whole(-5, 70) : (long)random.Bits();
            c->C = random.Chance(0.3) ? random.Pick(0, 1, int.MinValue, int.MaxValue) : (int)random.Bits();
            c->D = random.Chance(0.5) ? random.Whole(0, 70) : (int)random.Bits();
            c->U = (uint)random.Bits();
            c->S = (short)random.Bits();
            c->T = (ushort)random.Bits();
            c->Letter = (char)random.Bits();
            c->Small = (sbyte)random.Bits();
            c->Byte = (byte)random.Bits();
            c->Flag = random.Chance(0.5);
            c->Kind = random.Pick(Tiny.None, Tiny.One, Tiny.Many, (Tiny)3);
            for (int k = 0; k < 12; k++)
            {
                c->Numbers[k] = random.Between(-100.0, 1000.0);
            }
        }

        return cells;
    }

    private static double Number(TestRandom random) =>
        random.Chance(0.1) ? random.Pick(Edges)
        : random.Chance(0.3) ? BitConverter.Int64BitsToDouble((long)random.Bits())
        : random.Between(-1e6, 1e6);
}
