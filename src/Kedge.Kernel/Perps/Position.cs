namespace Kedge.Kernel.Perps;

/// <summary>One open perpetual position. <see cref="Side"/> is <see cref="Kernel.Side.Flat"/> when there is none.</summary>
public struct Position
{
    /// <summary>Size in the base asset, positive.</summary>
    public double Size;

    /// <summary>Average entry price, weighted by size over the entry and its adds.</summary>
    public double EntryPrice;

    /// <summary>Fill price of the first entry.</summary>
    public double FirstEntryPrice;

    /// <summary>ATR at entry after its floor; frozen, adds do not change it.</summary>
    public double EntryAtr;

    /// <summary>ADX level that came with the entry signal; 0 when unknown.</summary>
    public double EntryAdxThreshold;

    /// <summary>Trailing stop; meaningful only when <see cref="HasTrailingStop"/>.</summary>
    public double TrailingStop;

    /// <summary>Stop level known since the last test, for stops inside the next bar; meaningful only when <see cref="HasRestingStop"/>.</summary>
    public double RestingStop;

    /// <summary>Actual leverage: notional at entry ÷ margin.</summary>
    public double Leverage;

    /// <summary>Margin held, quote currency.</summary>
    public double Margin;

    /// <summary>Entry fees not yet assigned to an exit.</summary>
    public double EntryFees;

    /// <summary>Funding received (positive) or paid since the entry.</summary>
    public double Funding;

    /// <summary>Best price seen since the entry.</summary>
    public double BestPrice;

    /// <summary>Worst price seen since the entry.</summary>
    public double WorstPrice;

    /// <summary>Time of the entry, epoch ms.</summary>
    public long OpenedAtMs;

    /// <summary>Tick that decided the last add, or the entry, epoch ms: the add cooldown counts from here.</summary>
    public long LastAddMs;

    /// <summary>Number of the position within the run, from 1.</summary>
    public long Id;

    /// <summary>Direction.</summary>
    public Side Side;

    /// <summary>Confidence tier of the entry signal.</summary>
    public Confidence Confidence;

    /// <summary>Adds made.</summary>
    public int Adds;

    /// <summary>Whether the first step of the take-profit ladder was taken.</summary>
    public bool PartialTaken;

    /// <summary>Whether <see cref="TrailingStop"/> is set.</summary>
    public bool HasTrailingStop;

    /// <summary>Whether <see cref="RestingStop"/> is set.</summary>
    public bool HasRestingStop;

    /// <summary>Whether profit has reached the breakeven start; used with <c>trade.breakeven_latched</c>.</summary>
    public bool BreakevenReached;

    /// <summary>Whether there is a position.</summary>
    public readonly bool IsOpen => Side != Side.Flat;

    /// <summary>+1 for a long, −1 for a short, 0 for none.</summary>
    public readonly double Direction => (int)Side;

    /// <summary>ATR the exit rules work with: the entry ATR, or 0.5 % of the entry price when there is none.</summary>
    public readonly double EffectiveAtr => EntryAtr > 0.0 ? EntryAtr : EntryPrice * 0.005;

    /// <summary>Profit at a price in effective ATRs; negative under water.</summary>
    public readonly double ProfitAtr(double price)
    {
        double atr = EffectiveAtr;
        return atr > 0.0 ? Direction * (price - EntryPrice) / atr : 0.0;
    }

    /// <summary>Unrealised profit at a price, quote currency, before fees.</summary>
    public readonly double Unrealised(double price) => Direction * (price - EntryPrice) * Size;

    /// <summary>Whether a price is on the losing side of the entry.</summary>
    public readonly bool IsUnderWater(double price) => Side == Side.Long ? price < EntryPrice : price > EntryPrice;
}
