namespace Kedge.Kernel.Perps;

/// <summary>Funding of perpetuals: a positive rate is paid by longs to shorts.</summary>
public static class Funding
{
    /// <summary>What a position receives (positive) or pays, quote currency, rounded to 10⁻¹².</summary>
    /// <param name="position">The position held before the boundary.</param>
    /// <param name="mark">Price the notional is taken at.</param>
    /// <param name="rate">Rate of the period as a fraction of notional.</param>
    public static double Payment(in Position position, double mark, double rate)
    {
        double signedSize = position.Direction * position.Size;
        return Arithmetic.Round12((0.0 - signedSize) * mark * rate);
    }
}
