namespace Kedge.Crypto.Curve;

/// <summary>
/// A point of y² = x³ + 7 in homogeneous coordinates; (0 : 1 : 0) is the neutral one. The formulas are complete (Renes, Costello, Batina 2016,
/// algorithms 7 to 9 for a = 0): they hold for every pair of points, so nothing branches on what the points are.
/// </summary>
internal struct Point
{
    public Field X;
    public Field Y;
    public Field Z;

    public static Point Neutral => new() { Y = Field.One };

    public readonly bool IsNeutral => Z.IsZero;

    public static Point Of(in AffinePoint point) =>
        new()
        {
            X = point.X,
            Y = point.Y,
            Z = Field.One,
        };

    public static void Add(out Point r, in Point a, in Point b)
    {
        Field t0,
            t1,
            t2,
            t3,
            t4,
            x3,
            y3;
        Field.Multiply(out t0, a.X, b.X);
        Field.Multiply(out t1, a.Y, b.Y);
        Field.Multiply(out t2, a.Z, b.Z);
        Field.Add(out t3, a.X, a.Y);
        Field.Add(out t4, b.X, b.Y);
        Field.Multiply(out t3, t3, t4);
        Field.Add(out t4, t0, t1);
        Field.Subtract(out t3, t3, t4);
        Field.Add(out t4, a.Y, a.Z);
        Field.Add(out x3, b.Y, b.Z);
        Field.Multiply(out t4, t4, x3);
        Field.Add(out x3, t1, t2);
        Field.Subtract(out t4, t4, x3);
        Field.Add(out x3, a.X, a.Z);
        Field.Add(out y3, b.X, b.Z);
        Field.Multiply(out x3, x3, y3);
        Field.Add(out y3, t0, t2);
        Field.Subtract(out y3, x3, y3);
        Field.Times21(out t2, t2);
        Finish(out r, t0, t1, t2, t3, t4, y3);
    }

    /// <summary>Adds a point that is given by its coordinates and hence is not the neutral one.</summary>
    public static void Add(out Point r, in Point a, in AffinePoint b)
    {
        Field t0,
            t1,
            t2,
            t3,
            t4,
            y3;
        Field.Multiply(out t0, a.X, b.X);
        Field.Multiply(out t1, a.Y, b.Y);
        Field.Add(out t3, b.X, b.Y);
        Field.Add(out t4, a.X, a.Y);
        Field.Multiply(out t3, t3, t4);
        Field.Add(out t4, t0, t1);
        Field.Subtract(out t3, t3, t4);
        Field.Multiply(out t4, b.Y, a.Z);
        Field.Add(out t4, t4, a.Y);
        Field.Multiply(out y3, b.X, a.Z);
        Field.Add(out y3, y3, a.X);
        Field.Times21(out t2, a.Z);
        Finish(out r, t0, t1, t2, t3, t4, y3);
    }

    public static void Double(out Point r, in Point a)
    {
        Field t0,
            t1,
            t2,
            x3,
            y3,
            z3;
        Field.Square(out t0, a.Y);
        Field.Add(out z3, t0, t0);
        Field.Add(out z3, z3, z3);
        Field.Add(out z3, z3, z3);
        Field.Multiply(out t1, a.Y, a.Z);
        Field.Square(out t2, a.Z);
        Field.Times21(out t2, t2);
        Field.Multiply(out x3, t2, z3);
        Field.Add(out y3, t0, t2);
        Field.Multiply(out z3, t1, z3);
        Field.Add(out t1, t2, t2);
        Field.Add(out t2, t1, t2);
        Field.Subtract(out t0, t0, t2);
        Field.Multiply(out y3, t0, y3);
        Field.Add(out y3, x3, y3);
        Field.Multiply(out t1, a.X, a.Y);
        Field.Multiply(out x3, t0, t1);
        Field.Add(out x3, x3, x3);
        r.X = x3;
        r.Y = y3;
        r.Z = z3;
    }

    /// <summary>Takes <paramref name="b"/> where <paramref name="mask"/> is all ones.</summary>
    public void Select(in Point b, ulong mask)
    {
        X.Select(b.X, mask);
        Y.Select(b.Y, mask);
        Z.Select(b.Z, mask);
    }

    /// <summary>The plain coordinates; those of the neutral point are zeros.</summary>
    public readonly AffinePoint ToAffine()
    {
        Field.Invert(out Field inverse, Z);
        AffinePoint r = default;
        Field.Multiply(out r.X, X, inverse);
        Field.Multiply(out r.Y, Y, inverse);
        return r;
    }

    /// <summary>The second half, which both additions share; t2 is 21·z₁z₂ already.</summary>
    private static void Finish(out Point r, Field t0, Field t1, Field t2, in Field t3, in Field t4, Field y3)
    {
        Field x3,
            z3;
        Field.Add(out x3, t0, t0);
        Field.Add(out t0, x3, t0);
        Field.Add(out z3, t1, t2);
        Field.Subtract(out t1, t1, t2);
        Field.Times21(out y3, y3);
        Field.Multiply(out x3, t4, y3);
        Field.Multiply(out t2, t3, t1);
        Field.Subtract(out r.X, t2, x3);
        Field.Multiply(out y3, y3, t0);
        Field.Multiply(out t1, t1, z3);
        Field.Add(out r.Y, t1, y3);
        Field.Multiply(out t0, t0, t3);
        Field.Multiply(out z3, z3, t4);
        Field.Add(out r.Z, z3, t0);
    }
}
