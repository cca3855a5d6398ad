using Kedge.Kernel;

namespace Kedge.KernelCompiler.Tests.Constructs;

/// <summary>Arithmetic, comparisons, conversions, constants: one method a kind of instruction.</summary>
internal static unsafe class NumberConstructs
{
    public static void Doubles(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Numbers[0] = c->X + c->Y;
        c->Numbers[1] = c->X - c->Y;
        c->Numbers[2] = c->X * c->Y;
        c->Numbers[3] = c->X / c->Y;
        c->Numbers[4] = -c->X;
        c->Numbers[5] = Math.Abs(c->Y);
        c->Numbers[6] = Math.Sqrt(c->X);
        c->Numbers[7] = c->X * c->Y + c->Z;
        c->Numbers[8] = c->Z - c->X * c->X;
        c->Numbers[9] = c->X - c->X;
        c->Numbers[10] = c->X + 0.0;
        c->Numbers[11] = 1.0 / c->Y;
    }

    public static void DoubleComparisons(Cell* cells, long index)
    {
        Cell* c = cells + index;
        bool less = c->X < c->Y;
        bool lessOrEqual = c->X <= c->Y;
        bool greater = c->X > c->Y;
        bool greaterOrEqual = c->X >= c->Y;
        bool equal = c->X == c->Y;
        bool different = c->X != c->Y;
        c->Wholes[0] = less ? 1 : 0;
        c->Wholes[1] = lessOrEqual ? 1 : 0;
        c->Wholes[2] = greater ? 1 : 0;
        c->Wholes[3] = greaterOrEqual ? 1 : 0;
        c->Wholes[4] = equal ? 1 : 0;
        c->Wholes[5] = different ? 1 : 0;
        c->Flag = !(c->X < c->Y);
    }

    public static void DoubleBranches(Cell* cells, long index)
    {
        Cell* c = cells + index;
        long taken = 0;
        if (c->X < c->Y)
        {
            taken |= 1;
        }

        if (!(c->X < c->Y))
        {
            taken |= 2;
        }

        if (c->X >= c->Y)
        {
            taken |= 4;
        }

        if (!(c->X >= c->Y))
        {
            taken |= 8;
        }

        if (c->X > c->Y || c->X == c->Z)
        {
            taken |= 16;
        }

        if (!(c->X <= c->Y) && c->Y != c->Z)
        {
            taken |= 32;
        }

        if (!(c->X > c->Z))
        {
            taken |= 64;
        }

        c->Wholes[0] = taken;
    }

    public static void ChoicesOfZero(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Numbers[0] = c->X > 0.0 ? c->X : 0.0;
        c->Numbers[1] = 0.0 > c->X ? 0.0 : c->X;
        c->Numbers[2] = c->X < 0.0 ? c->X : 0.0;
        c->Numbers[3] = 0.0 < c->X ? 0.0 : c->X;
        c->Numbers[4] = c->X > -0.0 ? c->X : -0.0;
        c->Numbers[5] = c->X >= 0.0 ? c->X : 0.0;
        c->Numbers[6] = c->X > c->Y ? c->X : c->Y;
        c->Numbers[7] = c->Y < c->X ? c->Y : c->X;
    }

    public static void KernelArithmetic(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Numbers[0] = Arithmetic.Max(c->X, c->Y);
        c->Numbers[1] = Arithmetic.Min(c->X, c->Y);
        c->Numbers[2] = Arithmetic.Clamp(c->X, c->Y, c->Z);
        c->Numbers[3] = Arithmetic.Abs(c->X);
        c->Numbers[4] = Arithmetic.RoundAway(c->X);
        c->Numbers[5] = Arithmetic.Round12(c->X);
        c->Numbers[6] = Arithmetic.Floor(Math.Abs(c->X));
        c->Flag = Arithmetic.IsFinite(c->X);
    }

    public static void Integers32(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Wholes[0] = unchecked(c->C + c->D);
        c->Wholes[1] = unchecked(c->C - c->D);
        c->Wholes[2] = unchecked(c->C * c->D);
        c->Wholes[3] = c->C & c->D;
        c->Wholes[4] = c->C | c->D;
        c->Wholes[5] = c->C ^ c->D;
        c->Wholes[6] = ~c->C;
        c->Wholes[7] = unchecked(-c->C);
        c->Wholes[8] = c->C << c->D;
        c->Wholes[9] = c->C >> c->D;
        c->Wholes[10] = c->C >>> c->D;
        c->Wholes[11] = c->U >> c->D;
        c->Wholes[12] = unchecked(c->U * 2654435761u);
        c->Wholes[13] = c->U < (uint)c->C ? 1 : 0;
        c->Wholes[14] = c->C < c->D ? 1 : 0;
        c->Wholes[15] = c->U >= 7u ? c->C : c->D;
    }

    public static void Integers64(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Wholes[0] = unchecked(c->A + c->B);
        c->Wholes[1] = unchecked(c->A - c->B);
        c->Wholes[2] = unchecked(c->A * c->B);
        c->Wholes[3] = c->A & c->B;
        c->Wholes[4] = c->A | c->B;
        c->Wholes[5] = c->A ^ c->B;
        c->Wholes[6] = ~c->A;
        c->Wholes[7] = unchecked(-c->A);
        c->Wholes[8] = c->A << c->D;
        c->Wholes[9] = c->A >> c->D;
        c->Wholes[10] = c->A >>> c->D;
        c->Wholes[11] = unchecked((long)((ulong)c->A * 0x9e3779b97f4a7c15UL));
        c->Wholes[12] = (ulong)c->A < (ulong)c->B ? 1 : 0;
        c->Wholes[13] = c->A < c->B ? 1 : 0;
        c->Wholes[14] = (ulong)c->A >= (ulong)c->B ? 5 : 6;
        c->Wholes[15] = c->A <= c->C ? 1 : 0;
    }

    public static void Conversions(Cell* cells, long index)
    {
        Cell* c = cells + index;
        unchecked
        {
            c->Wholes[0] = (sbyte)c->A;
            c->Wholes[1] = (byte)c->A;
            c->Wholes[2] = (short)c->A;
            c->Wholes[3] = (ushort)c->A;
            c->Wholes[4] = (int)c->A;
            c->Wholes[5] = (uint)c->A;
            c->Wholes[6] = (long)(ulong)(uint)c->C;
            c->Wholes[7] = c->C;
            c->Wholes[8] = (long)(ulong)c->C;
        }

        c->Numbers[0] = c->C;
        c->Numbers[1] = c->U;
        c->Numbers[2] = c->A;
        c->Numbers[3] = (ulong)c->A;
        c->Numbers[4] = c->Byte;
        c->Numbers[5] = c->Small;
    }

    public static void Constants(Cell* cells, long index)
    {
        Cell* c = cells + index;
        c->Numbers[0] = double.NaN;
        c->Numbers[1] = double.PositiveInfinity;
        c->Numbers[2] = double.NegativeInfinity;
        c->Numbers[3] = -0.0;
        c->Numbers[4] = double.Epsilon;
        c->Numbers[5] = double.MaxValue;
        c->Numbers[6] = -2.2250738585072009E-308;
        c->Numbers[7] = 0.1;
        c->Numbers[8] = -123456789.123456789;
        c->Numbers[9] = 1e12;
        c->Wholes[0] = long.MinValue;
        c->Wholes[1] = long.MaxValue;
        c->Wholes[2] = int.MinValue;
        c->Wholes[3] = int.MaxValue;
        c->Wholes[4] = -1;
        c->Wholes[5] = unchecked((long)0xcbf29ce484222325UL);
        c->C = int.MinValue;
    }

    public static void SmallFields(Cell* cells, long index)
    {
        Cell* c = cells + index;
        unchecked
        {
            c->S += (short)c->C;
            c->T *= 3;
            c->Small -= 100;
            c->Byte += 200;
            c->Letter++;
        }

        c->Flag = !c->Flag;
        c->Kind = c->Kind == Tiny.Many ? Tiny.One : Tiny.Many;
        c->Wholes[0] = c->S;
        c->Wholes[1] = c->T;
        c->Wholes[2] = c->Small;
        c->Wholes[3] = c->Byte;
        c->Wholes[4] = c->Letter;
        c->Wholes[5] = (int)c->Kind;
    }
}
