namespace Kedge.Kernel.Perps;

/// <summary>Prices, fees and profit of a fill. Every world that fills by itself uses these.</summary>
public static class Fills
{
    /// <summary>Fill price of a crossing order: slippage against the trader, rounded to 10⁻¹².</summary>
    /// <param name="price">Reference price.</param>
    /// <param name="buys">Whether the order buys.</param>
    /// <param name="slippageBps">Slippage in basis points, ≥ 0.</param>
    public static double Price(double price, bool buys, double slippageBps)
    {
        double slip = slippageBps / 10000.0;
        return Arithmetic.Round12(price * (buys ? 1.0 + slip : 1.0 - slip));
    }

    /// <summary>Fee of a notional at a rate (fraction), rounded to 10⁻¹².</summary>
    public static double Fee(double notional, double rate) => Arithmetic.Round12(notional * rate);

    /// <summary>Notional of a size at a fill price, rounded to 10⁻¹².</summary>
    public static double Notional(double price, double size) => Arithmetic.Round12(price * size);

    /// <summary>Profit of closing <paramref name="size"/> of a position at <paramref name="price"/>, before fees, rounded to 10⁻¹².</summary>
    public static double Pnl(in Position position, double price, double size) =>
        Arithmetic.Round12(position.Direction * (price - position.EntryPrice) * size);

    /// <summary>Average entry price after an add, weighted by size.</summary>
    public static double AverageEntry(double entryPrice, double size, double fillPrice, double addSize)
    {
        double total = size + addSize;
        return total < 1e-12 ? fillPrice : (entryPrice * size + fillPrice * addSize) / total;
    }
}
