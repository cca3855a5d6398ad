namespace Kedge.Kernel.Perps;

/// <summary>What a fill was: the venue says so in live, <see cref="Taker"/> in worlds that fill by themselves.</summary>
public struct Execution
{
    /// <summary>Size filled, base asset.</summary>
    public double Size;

    /// <summary>Fill price.</summary>
    public double Price;

    /// <summary>Fee charged, quote currency; negative for a rebate.</summary>
    public double Fee;

    /// <summary>A fill with what was charged for it.</summary>
    public Execution(double size, double price, double fee)
    {
        Size = size;
        Price = price;
        Fee = fee;
    }

    /// <summary>A crossing fill at the configured fee: size × price × rate.</summary>
    public static Execution Taker(double size, double price, in Parameters p) =>
        new(size, price, Fills.Fee(Fills.Notional(price, size), p.Trade.TakerFeeBps / 10000.0));
}
