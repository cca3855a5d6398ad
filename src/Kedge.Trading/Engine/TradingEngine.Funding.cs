using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model;

namespace Kedge.Trading.Engine;

// Funding. On paper the engine charges it; live the venue does, and rates only inform decisions.
public sealed unsafe partial class TradingEngine
{
    private void OnFundingRate(EngineEvent.FundingRate rate)
    {
        int symbol = RankOf(rate.Symbol);
        if (symbol < 0)
        {
            Counters.Strangers++;
            return;
        }

        if (!_funding.TryTake(symbol, rate.TimeMs, rate.Rate, out FundingRecord record) || _settings.Mode != TradingMode.Paper)
        {
            return;
        }

        if (record.BoundaryMs <= _funding.SettledMs(symbol))
        {
            // Told again after a restart, for its rate.
            return;
        }

        bool isLate = record.BoundaryMs < _funding.ReachedMs || record.BoundaryMs <= _lastTickMs;
        if (!isLate)
        {
            _funding.Await(symbol, record);
        }
        else
        {
            _funding.SettledMs(symbol) = record.BoundaryMs;
            MarkDirty(symbol);
            if (_funding.WasHeld(symbol, record.BoundaryMs, out BoundaryHolding held))
            {
                ChargeLate(held, record.Rate);
            }
        }
    }

    /// <summary>
    /// The market has reached a moment. Boundaries that lie before it are charged, and what was held at them is remembered, with the prices known until
    /// now; a boundary at the very moment belongs to its tick.
    /// </summary>
    private void Reach(long timeMs)
    {
        if (timeMs <= _funding.ReachedMs)
        {
            return;
        }

        long before = _funding.ReachedMs;
        if (_settings.Mode == TradingMode.Paper)
        {
            while (_funding.NextDue(timeMs) is long boundary)
            {
                _tick = new Tick(boundary, _rules.Main.Ms);
                FundingPhase.Run(_account, _tick, ref _world);
                _funding.Charged(boundary);
            }

            if (_account->OpenPositions > 0 && before != long.MinValue)
            {
                long oldest = timeMs - (FundingDesk.HoursRemembered * FundingMeter.BoundaryMs);
                long first = ((Math.Max(before, oldest) / FundingMeter.BoundaryMs) + 1) * FundingMeter.BoundaryMs;
                for (long boundary = first; boundary < timeMs; boundary += FundingMeter.BoundaryMs)
                {
                    RememberHoldings(boundary);
                }
            }
        }

        _funding.ReachedMs = timeMs;
    }

    private void RememberHoldings(long boundaryMs)
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            Position* position = &state->Position;
            if (position->IsOpen && position->OpenedAtMs < boundaryMs && !_funding.WasHeld(i, boundaryMs, out _))
            {
                double mark = state->Mark > 0.0 ? state->Mark : position->EntryPrice;
                _funding.Remember(new BoundaryHolding(boundaryMs, i, position->Id, position->Side, position->Size, mark));
            }
        }
    }

    internal bool FundingDue(int symbol, out double rate)
    {
        rate = 0.0;
        return _settings.Mode == TradingMode.Paper && _funding.IsDue(symbol, _tick.TimeMs, out rate);
    }

    internal void KnowFunding(long timeMs)
    {
        if (_settings.Mode == TradingMode.Paper && timeMs % FundingMeter.BoundaryMs == 0)
        {
            RememberHoldings(timeMs);
        }

        for (int i = 0; i < _memory.Symbols; i++)
        {
            _memory.Views[i].FundingRate = _funding.KnownRate(i, timeMs);
        }
    }

    /// <summary>Charges what was held at a boundary that has passed; the position may have changed or gone since.</summary>
    private void ChargeLate(in BoundaryHolding held, double rate)
    {
        Position then = default;
        then.Side = held.Side;
        then.Size = held.Size;
        double payment = Funding.Payment(then, held.Mark, rate);
        SymbolState* state = _memory.States + held.Symbol;
        Booking booking;
        if (state->Position.IsOpen && state->Position.Id == held.PositionId)
        {
            Bookkeeping.Fund(_account, state, held.BoundaryMs, held.Symbol, held.Mark, rate, payment, out booking);
        }
        else
        {
            Bookkeeping.FundClosed(_account, held.BoundaryMs, held.Symbol, held.Mark, held.Size, rate, payment, out booking);
        }

        Book(booking);
    }
}
