using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Machines;

namespace Kedge.Trading.Engine;

// Prices: every one of a held symbol tests its exits, and so does a timer each second.
public sealed unsafe partial class TradingEngine
{
    private long _lastTestMs;

    /// <summary>Takes a price update. Allocates nothing unless something happens.</summary>
    /// <param name="price">The update.</param>
    /// <param name="now">The moment, as the host knows it.</param>
    /// <param name="effects">Where effects are appended.</param>
    public void Price(in PriceTick price, in Now now, IEffectSink<EngineEffect> effects)
    {
        Begin(now, effects);
        Take(price);
        End();
    }

    private void Take(in PriceTick price)
    {
        int symbol = price.Symbol;
        if ((uint)symbol >= (uint)_memory.Symbols)
        {
            Counters.Strangers++;
            return;
        }

        if (!(price.Mid > 0.0) || !double.IsFinite(price.Mid))
        {
            Counters.BadPrices++;
            return;
        }

        Reach(price.TimeMs);
        SymbolPrice* known = _memory.Prices + symbol;
        known->Mid = price.Mid;
        known->TimeMs = price.TimeMs;
        known->ReceivedMs = price.ReceivedMs;
        if (price.Bid > 0.0 && price.Ask >= price.Bid && double.IsFinite(price.Ask))
        {
            known->Bid = price.Bid;
            known->Ask = price.Ask;
            known->QuotedMs = price.ReceivedMs;
        }

        // A price of the very moment whose bars are being told belongs to the tick that follows.
        if (price.TimeMs == _formingMs && _formingMs > _lastTickMs)
        {
            return;
        }

        SymbolState* state = _memory.States + symbol;
        state->Mark = price.Mid;
        if (state->Position.IsOpen)
        {
            TestBetweenTicks(symbol);
        }
    }

    /// <summary>The exit phase of one symbol, between ticks.</summary>
    private void TestBetweenTicks(int symbol)
    {
        MoveTime();
        ulong before = _account->Hash;
        ExitPhase.Test(_account, _tick, symbol, ref _world, ref _trace);
        TestStop(symbol);
        if (_account->Hash != before)
        {
            MarkDirty(symbol);
        }
    }

    /// <summary>Decisions between ticks bear the wall clock's time, but never one before what was decided already.</summary>
    private void MoveTime()
    {
        _tick = new Tick(Math.Max(Math.Max(_lastTickMs, _lastTestMs), _now.WallMs), _rules.Main.Ms);
        _lastTestMs = _tick.TimeMs;
    }

    /// <summary>Once a second: every held symbol is tested at its last price. One without a fresh price is counted and, in the end, told.</summary>
    private void TestHeld()
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (!_memory.States[i].Position.IsOpen)
            {
                _symbols[i].StaleLooks = 0;
                continue;
            }

            if (_memory.Prices[i].IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs))
            {
                _symbols[i].StaleLooks = 0;
                TestBetweenTicks(i);
                continue;
            }

            Counters.StalePrices++;
            if (++_symbols[i].StaleLooks == _settings.StalePriceAlertAfter)
            {
                Alert(
                    "price_stale",
                    $"{_rules.Symbols[i]} is held and has had no fresh price at {_settings.StalePriceAlertAfter} looks, one each {_settings.LookEveryMs / 1_000} s: its exits cannot be tested. Check the feed"
                );
            }
        }
    }

    internal bool ExitPrice(int symbol, out PriceRange range)
    {
        SymbolPrice* price = _memory.Prices + symbol;
        range = default;
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.StalePriceExit) && price->Mid > 0.0)
        {
            range = new PriceRange
            {
                OpenTimeMs = price->TimeMs,
                Open = price->Mid,
                High = price->Mid,
                Low = price->Mid,
                Close = price->Mid,
            };
            return true;
        }
#endif
        if (!price->IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs))
        {
            return false;
        }

        range.OpenTimeMs = price->TimeMs;
        range.Open = price->Mid;
        range.High = price->Mid;
        range.Low = price->Mid;
        range.Close = price->Mid;
        return true;
    }
}
