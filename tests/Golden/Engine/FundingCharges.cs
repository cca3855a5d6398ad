using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Golden.Engine;

/// <summary>
/// Funding at the end of a step: every hourly boundary since the step before, at the last rate known at it, on the positions and marks
/// of now.
/// </summary>
internal sealed class FundingCharges(GoldenState state)
{
    private const long HourMs = 3_600_000;

    /// <summary>Charges the boundaries in (previous, now].</summary>
    public void Charge(long previousMs, long nowMs)
    {
        if (state.Input.Funding is not { } funding)
        {
            return;
        }

        for (long boundary = (previousMs / HourMs + 1) * HourMs; boundary <= nowMs; boundary += HourMs)
        {
            for (int i = 0; i < state.Symbols; i++)
            {
                if (state.Memory[i].Position.IsOpen && RateAt(funding[i], boundary) is { } rate)
                {
                    Book(i, boundary, rate);
                }
            }
        }
    }

    private static double? RateAt(FundingSeries? series, long boundaryMs)
    {
        if (series is null)
        {
            return null;
        }

        int found = Array.BinarySearch(series.TimeMs, boundaryMs);
        int last = found >= 0 ? found : ~found - 1;
        return last >= 0 ? series.Rate[last] : null;
    }

    private void Book(int symbol, long boundaryMs, double rate)
    {
        ref readonly Position position = ref state.Memory[symbol].Position;
        double mark = state.Latest[symbol].Close;
        double payment = Kernel.Perps.Funding.Payment(position, mark, rate);
        state.Balance += payment;
        state.Trades.Add(
            new TradeRow
            {
                TimeMs = boundaryMs,
                Symbol = symbol,
                Action = OrderAction.Funding,
                Side = position.Side,
                Code = ReasonCode.FundingPayment,
                Reason = ReasonText.Funding(rate),
                Confidence = position.Confidence,
                Price = mark,
                Size = position.Size,
                Notional = position.Size * mark,
                Pnl = payment,
                Fee = 0.0,
                Balance = state.Balance,
                Leverage = position.Leverage,
                Margin = position.Margin,
            }
        );
    }
}
