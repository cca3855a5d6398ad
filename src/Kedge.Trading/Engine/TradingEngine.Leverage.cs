using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Engine;

// Leverage is set at the venue before an entry that needs another one; the entry waits for the answer.
public sealed unsafe partial class TradingEngine
{
    private void OnLeverage(VenueEvent.LeverageAnswered answered)
    {
        int symbol = RankOf(answered.Symbol);
        if (symbol < 0)
        {
            return;
        }

        bool isSet = answered.Outcome == CommandOutcome.Done;
        _leverage[symbol] = isSet ? answered.Leverage : 0;
        foreach (LaneIntent intent in _intents.Open.Where(i => i.Symbol == symbol && i.AwaitsLeverage != 0).ToArray())
        {
            intent.AwaitsLeverage = 0;
            if (isSet)
            {
                SubmitAfterLeverage(intent);
            }
            else
            {
                Drop(
                    intent,
                    IntentStatus.Rejected,
                    $"leverage {answered.Leverage} was not set: {answered.Outcome} {answered.Text}"
                );
            }
        }
    }

    /// <summary>
    /// The world went on meanwhile. The limit is taken anew, an order whose symbol has no fresh price goes no more, and neither does one that would be refused
    /// if it were decided now: somebody else may have traded on the account.
    /// </summary>
    private void SubmitAfterLeverage(LaneIntent intent)
    {
        SymbolPrice* price = _memory.Prices + intent.Symbol;
        bool isFresh = price->IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs);
        bool isLate = _now.WallMs >= intent.Row.ExpiresMs;
        if (!isFresh || isLate || (_risk is not null && _risk.Latches.Mode != Safety.KillMode.Off))
        {
            Drop(intent, IntentStatus.Blocked, "the moment had passed when the leverage was set");
            return;
        }

        int code = RefusesNow(intent);
        if (code != 0)
        {
            Drop(intent, IntentStatus.Blocked, $"refused when the leverage was set ({EngineRefusals.Name(code)})");
            return;
        }

        Submit(intent);
    }

    /// <summary>What was asked when the entry was decided, but for what it holds itself: its symbol's place, and its own in the rates.</summary>
    private int RefusesNow(LaneIntent intent)
    {
        EngineRefusal blocked =
            _ledgerFails ? EngineRefusal.Ledger
            : !_sessionUp ? EngineRefusal.SessionDown
            : !_accountKnown ? EngineRefusal.Recovering
            : _rules.Instruments?[intent.Symbol] is null ? EngineRefusal.NoInstrument
            : _symbols[intent.Symbol].DifferenceSinceMs != 0 || _cashDifferenceSinceMs != 0 ? EngineRefusal.Reconcile
            : !intent.IsPlaced && _book.Foreign(intent.Symbol) != 0m ? EngineRefusal.ForeignPosition
            : EngineRefusal.None;
        if (blocked != EngineRefusal.None || _risk is null)
        {
            return (int)blocked;
        }

        RiskRequest request = RequestOf(intent.Order, intent.IsPlaced);
        return (int)_risk.CheckAgain(request, ViewFor(intent.Symbol, intent), _now).Code;
    }
}
