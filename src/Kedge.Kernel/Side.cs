namespace Kedge.Kernel;

/// <summary>Direction of a position or signal; the value is the sign of the exposure.</summary>
public enum Side
{
    /// <summary>Sells first: gains when the price falls.</summary>
    Short = -1,

    /// <summary>No direction: no position, or a neutral signal.</summary>
    Flat = 0,

    /// <summary>Buys first: gains when the price rises.</summary>
    Long = 1,
}
