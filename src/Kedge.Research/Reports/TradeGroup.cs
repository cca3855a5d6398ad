using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>Totals over a group of trades. Unsuffixed values are net of fees; gross values are before fees. Funding is in neither.</summary>
public sealed class TradeGroup
{
    /// <summary>An empty group.</summary>
    /// <param name="key">What its trades have in common.</param>
    public TradeGroup(string key) => Key = key;

    /// <summary>What its trades have in common: a symbol, a side, a tier, a reason.</summary>
    public string Key { get; }

    /// <summary>Exits, partial ones included.</summary>
    public int Trades { get; private set; }

    /// <summary>Trades with a net profit above 0.</summary>
    public int Wins { get; private set; }

    /// <summary>Trades with a net profit below 0.</summary>
    public int Losses { get; private set; }

    /// <summary>Trades with a gross profit above 0.</summary>
    public int WinsGross { get; private set; }

    /// <summary>Trades with a gross profit below 0.</summary>
    public int LossesGross { get; private set; }

    /// <summary>Σ net profit.</summary>
    public double Pnl { get; private set; }

    /// <summary>Σ gross profit.</summary>
    public double PnlGross { get; private set; }

    /// <summary>Σ of net profits above 0.</summary>
    public double Gains { get; private set; }

    /// <summary>Σ of net profits below 0; negative.</summary>
    public double Drains { get; private set; }

    /// <summary>Σ of gross profits above 0.</summary>
    public double GainsGross { get; private set; }

    /// <summary>Σ of gross profits below 0; negative.</summary>
    public double DrainsGross { get; private set; }

    /// <summary>Wins ÷ trades; 0 when there are none.</summary>
    public double WinRate => Trades == 0 ? 0.0 : (double)Wins / Trades;

    /// <summary>Gross wins ÷ trades; 0 when there are none.</summary>
    public double WinRateGross => Trades == 0 ? 0.0 : (double)WinsGross / Trades;

    /// <summary>Net profit ÷ trades; 0 when there are none.</summary>
    public double AveragePnl => Trades == 0 ? 0.0 : Pnl / Trades;

    /// <summary>Gross profit ÷ trades; 0 when there are none.</summary>
    public double AveragePnlGross => Trades == 0 ? 0.0 : PnlGross / Trades;

    /// <summary>Average net win; 0 when there is none.</summary>
    public double AverageWin => Wins == 0 ? 0.0 : Gains / Wins;

    /// <summary>Average net loss, negative; 0 when there is none.</summary>
    public double AverageLoss => Losses == 0 ? 0.0 : Drains / Losses;

    /// <summary>Average gross win; 0 when there is none.</summary>
    public double AverageWinGross => WinsGross == 0 ? 0.0 : GainsGross / WinsGross;

    /// <summary>Average gross loss, negative; 0 when there is none.</summary>
    public double AverageLossGross => LossesGross == 0 ? 0.0 : DrainsGross / LossesGross;

    /// <summary>Profit factor of net results.</summary>
    public double Factor => ProfitFactor.Of(Gains, Drains);

    /// <summary>Profit factor of gross results.</summary>
    public double FactorGross => ProfitFactor.Of(GainsGross, DrainsGross);

    /// <summary>Takes a trade.</summary>
    public void Add(Trade trade)
    {
        ArgumentNullException.ThrowIfNull(trade);
        Add(trade.Pnl, trade.PnlGross);
    }

    /// <summary>Takes the result of a trade.</summary>
    /// <param name="net">Net profit.</param>
    /// <param name="gross">Gross profit.</param>
    public void Add(double net, double gross)
    {
        Trades++;
        Pnl += net;
        PnlGross += gross;
        if (net > 0.0)
        {
            Wins++;
            Gains += net;
        }
        else if (net < 0.0)
        {
            Losses++;
            Drains += net;
        }

        if (gross > 0.0)
        {
            WinsGross++;
            GainsGross += gross;
        }
        else if (gross < 0.0)
        {
            LossesGross++;
            DrainsGross += gross;
        }
    }
}
