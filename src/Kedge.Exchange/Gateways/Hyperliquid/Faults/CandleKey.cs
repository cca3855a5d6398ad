namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>One candle as the wire names it.</summary>
internal readonly record struct CandleKey(string Coin, string Interval, long OpenMs)
{
    public override string ToString() => $"{Coin} {Interval} {OpenMs}";
}
