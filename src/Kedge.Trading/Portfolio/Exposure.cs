using System.Numerics;

namespace Kedge.Trading.Portfolio;

/// <summary>What is held, quote currency.</summary>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Longs and shorts.</param>
public readonly record struct Exposure<T>(T Net, T Gross)
    where T : struct, INumber<T>
{
    /// <summary>Together.</summary>
    public static Exposure<T> operator +(Exposure<T> a, Exposure<T> b) => new(a.Net + b.Net, a.Gross + b.Gross);
}
