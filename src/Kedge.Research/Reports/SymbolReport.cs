using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>Everything booked for one symbol.</summary>
public sealed class SymbolReport
{
    private Drawdown _drawdown = new(0.0);
    private double _cumulative;

    /// <summary>An empty report.</summary>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    public SymbolReport(string symbol) => Exits = new TradeGroup(symbol);

    /// <summary>Its trades.</summary>
    public TradeGroup Exits { get; }

    /// <summary>Bookings: fills and funding payments.</summary>
    public int Bookings { get; private set; }

    /// <summary>Funding payments.</summary>
    public int FundingEvents { get; private set; }

    /// <summary>Σ gross profit of its closes.</summary>
    public double RealisedPnl { get; private set; }

    /// <summary>Σ funding, positive when received.</summary>
    public double Funding { get; private set; }

    /// <summary>Σ fees of all its bookings.</summary>
    public double Fees { get; private set; }

    /// <summary>Notional bought and sold.</summary>
    public double Volume { get; private set; }

    /// <summary>What slippage cost by estimate: Σ notional × slippage.</summary>
    public double EstimatedSlippage { get; private set; }

    /// <summary>Realised + funding − fees.</summary>
    public double NetPnl => RealisedPnl + Funding - Fees;

    /// <summary>Deepest fall of the running sum of profit, funding and fees in order of booking, from a peak that starts at 0.</summary>
    public double MaxDrawdown => _drawdown.MaxValue;

    internal void AddFunding(double payment, double fee)
    {
        Bookings++;
        FundingEvents++;
        Funding += payment;
        Fees += fee;
        Move(payment - fee);
    }

    internal void AddFill(double pnl, double fee, double notional, double slippageBps)
    {
        Bookings++;
        RealisedPnl += pnl;
        Fees += fee;
        Volume += notional;
        EstimatedSlippage += notional * slippageBps / 10000.0;
        Move(pnl - fee);
    }

    private void Move(double change)
    {
        _cumulative += change;
        _drawdown.Add(_cumulative);
    }
}
