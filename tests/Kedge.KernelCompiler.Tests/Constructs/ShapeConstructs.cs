namespace Kedge.KernelCompiler.Tests.Constructs;

/// <summary>Loops, memory, structs, references, generics: one method a kind of code.</summary>
internal static unsafe class ShapeConstructs
{
    private const int Length = 12;

    public static void Loops(Cell* cells, long index)
    {
        Cell* c = cells + index;
        double sum = 0.0;
        for (int i = 0; i < Length; i++)
        {
            if (c->Numbers[i] < 0.0)
            {
                continue;
            }

            for (int j = i; ; j++)
            {
                if (j >= Length || sum > 1e9)
                {
                    break;
                }

                sum += c->Numbers[j] * (j - i);
            }
        }

        long steps = 0;
        long left = c->A & 63;
        while (left > 0)
        {
            left -= 3;
            steps++;
        }

        do
        {
            steps += 2;
        } while (steps < 9);

        c->Z = sum;
        c->Wholes[0] = steps;
    }

    public static void Switches(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Wholes[0] = (c->C & 7) switch
        {
            0 => 10,
            1 => 20,
            2 or 3 => 30,
            5 => c->D,
            _ => -1,
        };
        switch (c->Kind)
        {
            case Tiny.None:
                c->X = 1.0;
                break;
            case Tiny.One:
                c->X = 2.0;
                goto case Tiny.Many;
            case Tiny.Many:
                c->X += 3.0;
                break;
        }

        c->Wholes[1] = c->A switch
        {
            -5_000_000_000 => 1,
            0 => 2,
            7_000_000_000 => 3,
            _ => 4,
        };
    }

    public static void References(Cell* cells, long index)
    {
        Cell* c = cells + index;
        Split(c->X, out double whole, out double rest);
        c->Numbers[0] = whole;
        c->Numbers[1] = rest;
        ref double larger = ref Larger(ref c->Y, ref c->Z);
        larger *= 2.0;
        Cell copy = *c;
        Touch(ref copy);
        c->Numbers[2] = copy.X;
        c->Numbers[3] = Read(copy);
        ref Cell self = ref *c;
        self.Wholes[0]++;
        Set(out self.Wholes[1]);
    }

    public static void Structs(Cell* cells, long index)
    {
        Cell* c = cells + index;
        Pair pair = new(c->X, c->Y);
        Pair swapped = pair.Swapped();
        Nested nested = default;
        nested.First = pair;
        nested.Second = Combine(pair, swapped);
        nested.Second.Left += nested.First.Right;
        Nested other = nested;
        other.First.Left = 7.0;
        other.Clear(c->Flag);
        c->Numbers[0] = swapped.Left;
        c->Numbers[1] = nested.Second.Left;
        c->Numbers[2] = other.First.Left;
        c->Numbers[3] = nested.First.Left;
        c->Numbers[4] = new Pair(c->Z, 1.0).Total + Combine(other.Second, new Pair(1.0, 2.0)).Total;
        c->Numbers[5] = c->Sum;
        c->Double();
        c->Wholes[0] = sizeof(Nested);
    }

    public static void Pointers(Cell* cells, long index)
    {
        Cell* c = cells + index;
        Cell* other = c->Flag ? c->Other : null;
        c->Wholes[0] = other == null ? 1 : 0;
        Cell* seen = other != null ? other : c;
        c->Numbers[0] = seen->X + seen->Numbers[(c->A & 3) + 1];
        double* numbers = c->Numbers;
        double* end = numbers + Length;
        double sum = 0.0;
        for (double* p = numbers + 1; p < end; p++)
        {
            sum += *p;
        }

        c->Y = sum;
        c->Wholes[1] = (long)end - (long)numbers;
        double** indirect = &numbers;
        *(*indirect + 2) = 5.0;
        (*indirect)[3] = *(numbers + 2);
        c->Wholes[2] = *(long*)&sum;
        *(byte*)(c->Wholes + 3) = 0xEE;
        c->Wholes[4] = *(ushort*)&c->X + *((sbyte*)&c->X + 7) + *(short*)&c->Y + *(int*)&c->Z;
    }

    public static void Generics(Cell* cells, long index)
    {
        Cell* c = cells + index;
        Doubler doubler = default;
        Adder adder = new() { Amount = c->Y };
        c->Numbers[0] = Apply(ref doubler, c->X);
        c->Numbers[1] = Apply(ref adder, c->X);
        c->Numbers[2] = Apply(ref adder, c->X);
        c->Numbers[3] = Twice<Adder, Doubler>(ref adder, ref doubler, c->Z);
        Box<Pair> box = default;
        box.Value.Left = c->X;
        box.Mark = 3;
        c->Numbers[4] = box.Get().Left + Pick<Box<Pair>>(c->Flag, box, box).Value.Right;
        c->Wholes[0] = sizeof(Box<int>) + sizeof(Box<Pair>);
        c->Wholes[1] = adder.Calls;
    }

    private static void Split(double x, out double whole, out double rest)
    {
        whole = x > 1.0 ? x - 0.5 : 0.0;
        rest = x - whole;
    }

    private static void Set(out long value) => value = 42;

    private static ref double Larger(ref double a, ref double b) => ref (a > b ? ref a : ref b);

    private static void Touch(ref Cell cell)
    {
        cell.X += 1.0;
        cell.Numbers[4] = 3.0;
    }

    private static double Read(in Cell cell) => cell.X + cell.Numbers[4];

    private static Pair Combine(Pair a, in Pair b)
    {
        a.Left *= b.Right;
        return a;
    }

    private static double Apply<T>(ref T rule, double x)
        where T : struct, IRule => rule.Apply(x);

    private static double Twice<TFirst, TSecond>(ref TFirst first, ref TSecond second, double x)
        where TFirst : struct, IRule
        where TSecond : struct, IRule => first.Through(ref second, first.Apply(x));

    private static T Pick<T>(bool first, T a, T b)
        where T : struct => first ? a : b;

    private interface IRule
    {
        double Apply(double x);

        double Through<TOther>(ref TOther other, double x)
            where TOther : struct, IRule;
    }

    private struct Doubler : IRule
    {
        public readonly double Apply(double x) => x * 2.0;

        readonly double IRule.Through<TOther>(ref TOther other, double x) => other.Apply(x);
    }

    private struct Adder : IRule
    {
        public double Amount;
        public int Calls;

        double IRule.Apply(double x)
        {
            Calls++;
            return x + Amount;
        }

        public double Through<TOther>(ref TOther other, double x)
            where TOther : struct, IRule
        {
            Calls += 10;
            return other.Apply(x) + Amount;
        }
    }

    private struct Pair(double left, double right)
    {
        public double Left = left;
        public double Right = right;

        public readonly double Total => Left + Right;

        public readonly Pair Swapped() => new(Right, Left);
    }

    private struct Nested
    {
        public Pair First;
        public Pair Second;
        public byte Mark;

        public void Clear(bool all)
        {
            if (all)
            {
                this = default;
            }

            Mark = 1;
        }
    }

    private struct Box<T>
        where T : struct
    {
        public T Value;
        public byte Mark;

        public readonly T Get() => Value;
    }
}
