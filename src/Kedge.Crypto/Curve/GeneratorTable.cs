namespace Kedge.Crypto.Curve;

/// <summary>
/// Multiples of the generator: for each of the 64 four-bit digits of a scalar the points 1·16ⁱ·G … 15·16ⁱ·G, so that k·G is 64 additions and
/// no doubling. 61 kB, computed once when first needed (about a millisecond).
/// </summary>
internal static class GeneratorTable
{
    private const int Digits = 64;
    private const int PerDigit = 15;

    private static readonly AffinePoint[] Table = Compute();

    /// <summary>k·G; every entry of a digit is read, whichever is wanted, and an addition is done for each digit, even a zero.</summary>
    public static void Multiply(out Point r, in Scalar k)
    {
        r = Point.Neutral;
        for (int i = 0; i < Digits; i++)
        {
            int digit = k.Nibble(i);
            AffinePoint chosen = Table[i * PerDigit];
            for (int j = 2; j <= PerDigit; j++)
            {
                ulong equal = EqualMask(digit, j);
                ref readonly AffinePoint entry = ref Table[i * PerDigit + j - 1];
                chosen.X.Select(entry.X, equal);
                chosen.Y.Select(entry.Y, equal);
            }

            Point.Add(out Point sum, r, chosen);
            r.Select(sum, ~EqualMask(digit, 0));
        }
    }

    /// <summary>k·G for a k that is no secret: looks up what it needs.</summary>
    public static void MultiplyPublic(out Point r, in Scalar k)
    {
        r = Point.Neutral;
        for (int i = 0; i < Digits; i++)
        {
            int digit = k.Nibble(i);
            if (digit != 0)
            {
                Point.Add(out r, r, Table[i * PerDigit + digit - 1]);
            }
        }
    }

    /// <summary>All ones when the two small numbers are equal, else zero.</summary>
    private static ulong EqualMask(int a, int b) => (ulong)((long)(uint)(a ^ b) - 1 >> 63);

    private static AffinePoint[] Compute()
    {
        Point[] points = new Point[Digits * PerDigit];
        Point step = Point.Of(AffinePoint.Generator);
        for (int i = 0; i < Digits; i++)
        {
            points[i * PerDigit] = step;
            for (int j = 1; j < PerDigit; j++)
            {
                Point.Add(out points[i * PerDigit + j], points[i * PerDigit + j - 1], step);
            }

            Point.Add(out step, points[i * PerDigit + PerDigit - 1], step);
        }

        return ToAffine(points);
    }

    /// <summary>One inversion for all points: running products forward, then each inverse backward.</summary>
    private static AffinePoint[] ToAffine(Point[] points)
    {
        Field[] products = new Field[points.Length];
        Field running = Field.One;
        for (int i = 0; i < points.Length; i++)
        {
            products[i] = running;
            Field.Multiply(out running, running, points[i].Z);
        }

        Field.Invert(out running, running);
        AffinePoint[] table = new AffinePoint[points.Length];
        for (int i = points.Length - 1; i >= 0; i--)
        {
            Field.Multiply(out Field inverse, running, products[i]);
            Field.Multiply(out running, running, points[i].Z);
            Field.Multiply(out table[i].X, points[i].X, inverse);
            Field.Multiply(out table[i].Y, points[i].Y, inverse);
        }

        return table;
    }
}
