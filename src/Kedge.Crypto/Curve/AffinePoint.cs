namespace Kedge.Crypto.Curve;

/// <summary>A point by its plain coordinates, never the neutral one.</summary>
internal struct AffinePoint
{
    public Field X;
    public Field Y;

    /// <summary>The generator of secp256k1 (SEC 2, section 2.4.1).</summary>
    public static AffinePoint Generator =>
        new()
        {
            X = new Field(0x59F2815B16F81798UL, 0x029BFCDB2DCE28D9UL, 0x55A06295CE870B07UL, 0x79BE667EF9DCBBACUL),
            Y = new Field(0x9C47D08FFB10D4B8UL, 0xFD17B448A6855419UL, 0x5DA4FBFC0E1108A8UL, 0x483ADA7726A3C465UL),
        };

    /// <summary>The point with this x and this oddness of y; false when x is on no point.</summary>
    public static bool TryLift(in Field x, bool odd, out AffinePoint point)
    {
        Field seven = new(7, 0, 0, 0);
        Field y;
        Field.Square(out Field t, x);
        Field.Multiply(out t, t, x);
        Field.Add(out t, t, seven);
        bool found = Field.TrySquareRoot(out y, t);
        if (y.IsOdd != odd)
        {
            Field.Negate(out y, y);
        }

        point = new AffinePoint { X = x, Y = y };
        return found;
    }

    /// <summary>Whether the coordinates satisfy y² = x³ + 7.</summary>
    public readonly bool IsOnCurve()
    {
        Field seven = new(7, 0, 0, 0);
        Field.Square(out Field left, Y);
        Field.Square(out Field right, X);
        Field.Multiply(out right, right, X);
        Field.Add(out right, right, seven);
        return left.Same(right);
    }
}
