using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>
/// Funding: at every full hour each open position owes the rate of that hour on its size then and the last price seen then; the rate is asked for
/// until it is known.
/// </summary>
internal sealed class PaperFunding(PaperBook book)
{
    /// <summary>One hour.</summary>
    public const long HourMs = 3_600_000;

    private const long AskEveryMs = 60_000;

    private readonly Dictionary<string, long> _askedMs = new(StringComparer.Ordinal);

    /// <summary>Notes what is owed for hours that have passed, and asks for rates.</summary>
    public void Advance(in Now now)
    {
        long hour = now.WallMs - now.WallMs % HourMs;
        if (book.LastHourMs == 0)
        {
            book.LastHourMs = hour;
        }
        else if (hour > book.LastHourMs)
        {
            Owe(hour);
        }

        Ask(now);
    }

    /// <summary>Pays what is owed and whose rate has come.</summary>
    public void Rates(string symbol, IReadOnlyList<(long TimeMs, double Rate)> rates)
    {
        if (book.FundingDue.Count == 0)
        {
            return;
        }

        // Venues stamp a payment some milliseconds after its hour.
        Dictionary<long, double> byHour = [];
        foreach ((long timeMs, double rate) in rates)
        {
            if (double.IsFinite(rate))
            {
                byHour[timeMs - timeMs % HourMs] = rate;
            }
        }

        foreach (PaperFundingDue due in book.FundingDue.Where(d => d.Symbol == symbol).ToList())
        {
            if (byHour.TryGetValue(due.HourMs, out double rate))
            {
                book.FundingDue.Remove(due);
                double payment = book.Ledger.Fund(book.Symbol(symbol), due, rate);
                book.Tell(new FundingReport(symbol, (decimal)payment, (decimal)due.Size, (decimal)rate, due.HourMs));
            }
        }
    }

    private void Owe(long hour)
    {
        long first = book.LastHourMs + HourMs;
        long oldest = hour - (book.Options.MaxFundingHours - 1) * HourMs;
        if (first < oldest)
        {
            book.Emit(new VenueEvent.Noted("paper_funding_given_up", $"funding of {(oldest - first) / HourMs} hours is too old"));
            first = oldest;
        }

        for (long at = first; at <= hour; at += HourMs)
        {
            foreach (PaperSymbol symbol in book.Symbols)
            {
                if (symbol.State.Position.IsOpen && symbol.State.Position.OpenedAtMs < at)
                {
                    book.FundingDue.Add(new PaperFundingDue(symbol.Name, at, (double)symbol.Position, symbol.Mark));
                }
            }
        }

        int given = book.FundingDue.RemoveAll(d => d.HourMs < oldest);
        if (given > 0)
        {
            book.Emit(new VenueEvent.Noted("paper_funding_given_up", $"{given} payments have had no rate for too long"));
        }

        book.LastHourMs = hour;
        book.Changed();
    }

    private void Ask(in Now now)
    {
        if (book.FundingDue.Count == 0)
        {
            return;
        }

        foreach (IGrouping<string, PaperFundingDue> due in book.FundingDue.GroupBy(d => d.Symbol, StringComparer.Ordinal))
        {
            if (!_askedMs.TryGetValue(due.Key, out long asked) || now.MonotonicMs - asked >= AskEveryMs)
            {
                _askedMs[due.Key] = now.MonotonicMs;
                book.Ask(new PaperEffect.AskFunding(due.Key, due.Min(d => d.HourMs), due.Max(d => d.HourMs) + HourMs));
            }
        }
    }
}
