using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>
/// The second account the earlier system ran beside the reported one (sizing-and-accounting.md §8). It locks margin at the static
/// leverage, releases it at the actual one, never sees funding, and refuses entries once its cash is too small.
/// </summary>
public sealed class ShadowAccount
{
    private const double MinNotional = 10.0;
    private const double MaxNotional = 100000.0;
    private readonly Holding?[] _holdings;
    private readonly double _leverage;

    /// <summary>Starts with the wallet; positions taken over lock nothing.</summary>
    public ShadowAccount(double cash, int symbols, double staticLeverage)
    {
        Cash = cash;
        _holdings = new Holding?[symbols];
        _leverage = Math.Max(staticLeverage, 1.0);
    }

    /// <summary>Cash after margin.</summary>
    public double Cash { get; private set; }

    /// <summary>Cash after the last entry, add or flip was asked about, refused ones included; null before the first.</summary>
    public double? CashAtLastTrace { get; private set; }

    /// <summary>Opens or adds.</summary>
    /// <returns>False when margin and fee exceed the cash.</returns>
    public bool TryBuyIn(int symbol, Side side, double notional, double price)
    {
        double clamped = Math.Clamp(notional, MinNotional, MaxNotional);
        double margin = Arithmetic.Round12(clamped / _leverage);
        double fee = Fills.Fee(clamped, GoldenCosts.FeeRate);
        if (margin + fee > Cash)
        {
            CashAtLastTrace = Cash;
            return false;
        }

        Cash -= margin + fee;
        CashAtLastTrace = Cash;
        double fill = Arithmetic.Round12(price);
        double size = Arithmetic.Round12(clamped / fill);
        _holdings[symbol] = _holdings[symbol] is { } held
            ? new Holding(
                side,
                held.Size + size,
                Fills.AverageEntry(held.EntryPrice, held.Size, fill, size),
                held.Margin + margin
            )
            : new Holding(side, size, fill, margin);
        return true;
    }

    /// <summary>Copies the reported position, as every exit evaluation did.</summary>
    public void Copy(int symbol, in Position position) =>
        _holdings[symbol] = new Holding(position.Side, position.Size, position.EntryPrice, position.Margin);

    /// <summary>Books an exit of the reported account; nothing is left to book after a flip.</summary>
    public void Release(int symbol, double fraction, double pnl, double fee)
    {
        if (_holdings[symbol] is not { } held)
        {
            return;
        }

        Cash += held.Margin * fraction + pnl - fee;
        double rest = 1.0 - fraction;
        _holdings[symbol] = rest > 0.0 ? held with { Size = held.Size * rest, Margin = held.Margin * rest } : null;
    }

    /// <summary>Closes its own holding at the unslipped price with its own numbers.</summary>
    public void Flip(int symbol, double price)
    {
        if (_holdings[symbol] is { } held)
        {
            double direction = held.Side == Side.Long ? 1.0 : -1.0;
            double pnl = Arithmetic.Round12(direction * (price - held.EntryPrice) * held.Size);
            double fee = Fills.Fee(Fills.Notional(price, held.Size), GoldenCosts.FeeRate);
            Cash += held.Margin + pnl - fee;
            _holdings[symbol] = null;
        }

        CashAtLastTrace = Cash;
    }

    private readonly record struct Holding(Side Side, double Size, double EntryPrice, double Margin);
}
