namespace Kedge.KernelCompiler.Tests.Constructs;

/// <summary>Code outside the subset, one rule each.</summary>
internal static unsafe class Forbidden
{
    private static double s_kept;

    public static void Divides(Cell* cells, long index) => cells[index].A /= cells[index].B;

    public static void Remainder(Cell* cells, long index) => cells[index].C = cells[index].C % 7;

    public static void FloatRemainder(Cell* cells, long index) => cells[index].X %= 7.0;

    public static void ToInteger(Cell* cells, long index) => cells[index].A = (long)cells[index].X;

    public static void Power(Cell* cells, long index) => cells[index].X = Math.Pow(cells[index].X, 2.0);

    public static void SinglePrecision(Cell* cells, long index) => cells[index].X = (float)cells[index].X;

    public static void Checked(Cell* cells, long index)
    {
        long a = cells[index].A;
        cells[index].A = checked(a + 1);
    }

    public static void Static(Cell* cells, long index) => cells[index].X = s_kept++;

    public static void NewArray(Cell* cells, long index) => cells[index].A = new long[cells[index].C].Length;

    public static void Boxes(Cell* cells, long index) => cells[index].A = ((object)cells[index].A).GetHashCode();

    public static void Throws(Cell* cells, long index)
    {
        if (cells[index].A == 0)
        {
            throw new InvalidOperationException();
        }
    }

    public static void Catches(Cell* cells, long index)
    {
        try
        {
            cells[index].A++;
        }
        finally
        {
            cells[index].B++;
        }
    }

    public static void Recurses(Cell* cells, long index) => Down(cells + index);

    public static void StackMemory(Cell* cells, long index)
    {
        long* room = stackalloc long[4];
        cells[index].A = room[cells[index].C & 3];
    }

    public static void Inherited(Cell* cells, long index) => cells[index].A = Hash(cells[index].Kind);

    private static int Hash<T>(T value)
        where T : struct => value.GetHashCode();

    private static void Down(Cell* cell)
    {
        if (cell->A-- > 0)
        {
            Down(cell);
        }
    }
}
