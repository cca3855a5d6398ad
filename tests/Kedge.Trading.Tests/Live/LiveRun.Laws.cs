using Kedge.Data.Ledger;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Trading.Tests.Live;

// What must hold: after every event, and at the end.
internal sealed partial class LiveRun
{
    /// <summary>Laws that hold after every event.</summary>
    private void Check()
    {
        if (Problems.Count > 20)
        {
            return;
        }

        Account account = _engine.Account;
        int working = 0;
        int open = 0;
        double reserved = 0.0;
        for (int i = 0; i < _case.Market.Symbols.Count; i++)
        {
            SymbolState state = _engine.StateOf(i);
            working += state.Working.IsWorking ? 1 : 0;
            open += state.Position.IsOpen ? 1 : 0;
            reserved += state.Working.ReservedMargin + state.Working.ReservedFee;
            double own = (double)Math.Abs(_engine.OwnOf(i));
            if (state.Position.IsOpen ? state.Position.Size != own : own != 0.0)
            {
                Problems.Add(
                    $"{_nowMs}: {_case.Market.Symbols[i]}: kernel {state.Position.Side} {state.Position.Size}, ledger {_engine.OwnOf(i)}"
                );
            }
        }

        if (working != account.WorkingOrders || open != account.OpenPositions)
        {
            Problems.Add(
                $"{_nowMs}: {account.WorkingOrders} working and {account.OpenPositions} open, counted {working} and {open}"
            );
        }

        if (Math.Abs(reserved - account.Reserved) > 1e-6)
        {
            Problems.Add($"{_nowMs}: reserved {account.Reserved}, counted {reserved}");
        }
    }

    private void CheckEnd()
    {
        Problems.AddRange(Venue.Complaints);
        Problems.AddRange(LedgerCheck.Run(Path.Combine(_folder, "trading.db")).Select(p => $"ledger: {p}"));
        LedgerImage image = _ledger.Load();
        for (int i = 0; i < _case.Market.Symbols.Count; i++)
        {
            string symbol = _case.Market.Symbols[i];
            decimal venue = Venue.SizeOf(symbol);
            decimal engine = _engine.OwnOf(i) + _engine.ForeignOf(i);
            decimal ledger = image.Positions.TryGetValue(symbol, out Amount held) ? held.ToDecimal() : 0m;
            if (venue != engine || venue != ledger)
            {
                Problems.Add($"end: {symbol}: venue {venue}, engine {engine}, ledger {ledger}");
            }
        }

        if (Math.Abs(image.Totals.Cash.ToDecimal() - Venue.Cash) > 0.01m)
        {
            Problems.Add($"end: venue's cash {Venue.Cash}, ledger's {image.Totals.Cash}");
        }

        foreach (IntentImage intent in image.Intents.Where(i => !IntentTransitions.IsTerminal(i.Status)))
        {
            Problems.Add(
                $"end: {intent.Intent.Symbol} {intent.Intent.Action} is {intent.Status} ({intent.Intent.ClientOrderId})"
            );
        }

        if (_engine.Account.WorkingOrders != 0)
        {
            Problems.Add($"end: {_engine.Account.WorkingOrders} orders are believed on their way");
        }
    }
}
