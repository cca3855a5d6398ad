using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Tests.Replay;

/// <summary>The exit chain of the naive loop: which stage is tested when, and what becomes of its answer.</summary>
internal sealed class NaiveExits(ReplayCase run, NaiveAccount account)
{
    /// <summary>What is to be closed, at which price and why.</summary>
    private sealed record Exit(ReasonCode Reason, double Price, double Fraction, double[] Values);

    public void Test(long now, NaivePosition position, Bar bar, Snapshot view)
    {
        Parameters p = run.Parameters[position.Symbol];
        TrackExtremes(position, bar);
        bool cooling =
            p.Trade.ExitCooldownS > 0
            && account.LastExit.TryGetValue(position.Symbol, out var last)
            && now - last.TimeMs < p.Trade.ExitCooldownS * 1000L;
        Exit? exit = Find(now, position, bar, view, p, cooling);
        if (exit is null)
        {
            return;
        }

        double size = position.Size;
        if (exit.Fraction < 1.0)
        {
            // The venue refuses orders below its minimum, and what is left must be worth an order of its own.
            InstrumentTerms terms = account.TermsOf(position.Symbol);
            double part = terms.RoundSize(NaiveAccount.Round12(position.Size * exit.Fraction));
            part = part * exit.Price < terms.MinNotional ? terms.RaiseSize(terms.MinNotional / exit.Price) : part;
            double rest = position.Size - part;
            size = part > 0.0 && rest > 0.0 && rest * exit.Price >= terms.MinNotional ? part : position.Size;
        }

        bool partial = size < position.Size;
        account.Sell(now, position, size, exit.Price, exit.Reason, exit.Values);
        if (!partial)
        {
            return;
        }

        position.PartialTaken = true;
        if (p.Trade.Tp1LocksBreakeven && IsTighter(position, position.EntryPrice))
        {
            position.TrailingStop = position.EntryPrice;
            account.StopMoved(now, position);
        }
    }

    private Exit? Find(long now, NaivePosition position, Bar bar, Snapshot view, Parameters p, bool cooling)
    {
        double price = bar.Close;
        if (p.Trade.BlockExitsOnExtremeDev && view.PrevClose > 0.0)
        {
            double move = Math.Abs(price - view.PrevClose);
            if (move / view.PrevClose > p.Trade.GlitchPriceDevPct || (view.Atr > 0.0 && move > view.Atr * p.Trade.GlitchAtrMult))
            {
                return null;
            }
        }

        // Without a bar of its own a position only has its hard stop, as it has during the cooldown.
        bool stopOnly = cooling || !view.IsKnown;
        if (p.IntrabarExits && bar.OpenTimeMs >= position.OpenedAtMs && Inside(position, bar, p, stopOnly) is { } inside)
        {
            return inside;
        }

        bool moved = false;
        if (!cooling && p.Trade.BreakevenLatched && !position.BreakevenReached && ReachesBreakeven(position, price, p))
        {
            position.BreakevenReached = true;
            moved = true;
        }

        Position kernel = position.ForKernel();
        double stop = StopLoss.Level(kernel, price, view, p);
        position.RestingStop = stop;
        if (Beyond(position, price, stop))
        {
            Hash(now, position, moved);
            return new Exit(ReasonCode.StopLoss, price, 1.0, [stop]);
        }

        if (stopOnly)
        {
            Hash(now, position, moved);
            return null;
        }

        if (TrailingStop.Update(ref kernel, price, view, p))
        {
            position.TrailingStop = kernel.TrailingStop;
            moved = true;
        }

        Hash(now, position, moved);
        if (position.TrailingStop is { } trailing && Beyond(position, price, trailing))
        {
            return new Exit(ReasonCode.TrailingStop, price, 1.0, [trailing]);
        }

        TakeProfitOutcome ladder = TakeProfit.Evaluate(kernel, price, p);
        if (ladder != TakeProfitOutcome.Hold)
        {
            return Ladder(ladder, kernel, price, p);
        }

        NoTrace trace = default;
        ExitDecision smart = SmartExits.Evaluate(0, kernel, price, now, view, p, ref trace);
        return smart.IsExit ? new Exit(smart.Reason, price, 1.0, [smart.Value, smart.Value2, smart.Value3]) : null;
    }

    /// <summary>Stop before target, at the level or at the open when the market gapped through it.</summary>
    private static Exit? Inside(NaivePosition position, Bar bar, Parameters p, bool stopOnly)
    {
        Position kernel = position.ForKernel();
        double adverse = position.IsLong ? bar.Low : bar.High;
        double favourable = position.IsLong ? bar.High : bar.Low;
        double? resting = position.RestingStop;
        ReasonCode reason = ReasonCode.StopLoss;
        if (
            !stopOnly
            && position.TrailingStop is { } trailing
            && (resting is not { } hard || (position.IsLong ? trailing > hard : trailing < hard))
        )
        {
            resting = trailing;
            reason = ReasonCode.TrailingStop;
        }

        if (resting is { } stop && Beyond(position, adverse, stop))
        {
            return new Exit(reason, Beyond(position, bar.Open, stop) ? bar.Open : stop, 1.0, [stop]);
        }

        if (stopOnly)
        {
            return null;
        }

        TakeProfitOutcome ladder = TakeProfit.Evaluate(kernel, favourable, p);
        if (ladder == TakeProfitOutcome.Hold)
        {
            return null;
        }

        double level = ladder == TakeProfitOutcome.Full ? TakeProfit.FullLevel(kernel, p) : TakeProfit.PartialLevel(kernel, p);
        bool gapped = position.IsLong ? bar.Open >= level : bar.Open <= level;
        return Ladder(ladder, kernel, gapped ? bar.Open : level, p);
    }

    private static Exit Ladder(TakeProfitOutcome ladder, in Position kernel, double price, in Parameters p) =>
        ladder switch
        {
            TakeProfitOutcome.Full => new(ReasonCode.TakeProfit, price, 1.0, [TakeProfit.FullLevel(kernel, p)]),
            TakeProfitOutcome.RemainderTooSmall => new(
                ReasonCode.TakeProfitRemainder,
                price,
                1.0,
                [TakeProfit.PartialLevel(kernel, p)]
            ),
            _ => new(
                ReasonCode.TakeProfitPartial,
                price,
                Math.Clamp(p.Trade.TpPartialPct, 0.0, 1.0),
                [TakeProfit.PartialLevel(kernel, p)]
            ),
        };

    private static bool ReachesBreakeven(NaivePosition position, double price, in Parameters p)
    {
        double atr = position.EntryAtr > 0.0 ? position.EntryAtr : position.EntryPrice * 0.005;
        return p.Trade.EnableBreakevenStop
            && p.Trade.BreakevenStartAtr > 0.0
            && position.Direction * (price - position.EntryPrice) >= Math.Max(atr, 1e-12) * p.Trade.BreakevenStartAtr;
    }

    /// <summary>A bar that began before the entry only counts with its close.</summary>
    private static void TrackExtremes(NaivePosition position, Bar bar)
    {
        bool whole = bar.OpenTimeMs >= position.OpenedAtMs;
        double high = whole ? bar.High : bar.Close;
        double low = whole ? bar.Low : bar.Close;
        position.Best = position.IsLong ? Math.Max(position.Best, high) : Math.Min(position.Best, low);
        position.Worst = position.IsLong ? Math.Min(position.Worst, low) : Math.Max(position.Worst, high);
    }

    private static bool Beyond(NaivePosition position, double price, double stop) =>
        position.IsLong ? price <= stop : price >= stop;

    private static bool IsTighter(NaivePosition position, double level) =>
        position.TrailingStop is not { } stop || (position.IsLong ? level > stop : level < stop);

    private void Hash(long now, NaivePosition position, bool moved)
    {
        if (moved)
        {
            account.StopMoved(now, position);
        }
    }
}
