namespace Kedge.KernelCompiler.Tests.Constructs;

/// <summary>What a construct reads and writes: numbers in, numbers out, fields of every size.</summary>
public unsafe struct Cell
{
    public double X;
    public double Y;
    public double Z;
    public long A;
    public long B;
    public fixed double Numbers[12];
    public fixed long Wholes[16];
    public Cell* Other;
    public int C;
    public int D;
    public uint U;
    public short S;
    public ushort T;
    public char Letter;
    public sbyte Small;
    public byte Byte;
    public bool Flag;
    public Tiny Kind;

    public readonly double Sum => X + Y + Z;

    public void Double() => X += X;
}

/// <summary>An enum of one byte.</summary>
public enum Tiny : byte
{
    None = 0,
    One = 1,
    Many = 200,
}
