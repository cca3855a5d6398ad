namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Hears what happens at the venue while an input is handled, in order. What is told must not be acted upon before the input is done.</summary>
internal interface IVenueListener
{
    /// <summary>An account had a fill.</summary>
    void Filled(FillRecord fill);

    /// <summary>An order changed its state.</summary>
    void OrderChanged(OrderRecord order);

    /// <summary>An account paid or received funding.</summary>
    void FundingPaid(FundingRecord payment);

    /// <summary>Money moved in or out of an account.</summary>
    void LedgerMoved(LedgerRecord entry);

    /// <summary>A trade was printed.</summary>
    void Traded(TradeRecord trade);

    /// <summary>The book of a symbol may have changed.</summary>
    void BookTouched(int symbol);

    /// <summary>Mark, oracle or funding rate of a symbol changed.</summary>
    void PriceTouched(int symbol);

    /// <summary>A candle changed or was revised; the intervals a client can ask for, one call each.</summary>
    void CandleChanged(in CandleRecord candle);

    /// <summary>An account's margin, positions or orders may have changed.</summary>
    void AccountTouched(int account);
}
