namespace Kedge.Exchange.Core;

/// <summary>
/// Units and bounds. A price is counted in ticks of 10^-(6 − size decimals) USD and a size in lots of 10^-(size decimals), so price × size is
/// micro-USD exactly, for every instrument: no notional is ever rounded. Arithmetic is checked: what passes a bound all the same throws.
/// </summary>
public static class Bounds
{
    /// <summary>Micro-USD in one USD.</summary>
    public const long Usd = 1_000_000;

    /// <summary>Fee rates are counted in this part of notional.</summary>
    public const long FeeRateUnit = 100_000_000;

    /// <summary>Funding rates are counted in this part of notional.</summary>
    public const long FundingRateUnit = 10_000_000_000;

    /// <summary>Highest fee rate, 1 %.</summary>
    public const int FeeRateMax = 1_000_000;

    /// <summary>Highest funding rate of an hour, 4 %.</summary>
    public const long FundingRateMax = 400_000_000;

    /// <summary>Instruments of one exchange. With <see cref="SymbolNotionalMax"/> the sum over all positions of an account stays below 2^62.</summary>
    public const int SymbolsMax = 256;

    /// <summary>Accounts of one exchange, the house included.</summary>
    public const int AccountsMax = 65_536;

    /// <summary>Highest price × highest open interest of one instrument, micro-USD (about 18 billion USD): no position is worth more.</summary>
    public const long SymbolNotionalMax = 1L << 54;

    /// <summary>Most money one transfer moves, and most that all deposits together bring in, micro-USD.</summary>
    public const long MoneyMax = 1L << 60;
}
