using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>When positions are tested for exit, and how an exit is booked.</summary>
internal sealed class GoldenExits(GoldenState state)
{
    private readonly int[] _cursor = new int[state.Symbols];

    /// <summary>Tests a position at the close of its main bar, stamped with the bar's open time.</summary>
    public void TestMainBar(int symbol, long timeMs)
    {
        if (state.Memory[symbol].Position.IsOpen)
        {
            Test(symbol, state.Latest[symbol], timeMs);
        }
    }

    /// <summary>Tests open positions on the exit bars in (after, until], symbol by symbol.</summary>
    public void ScanSubBars(long afterMs, long untilMs)
    {
        if (state.Input.Exit is not { } series)
        {
            return;
        }

        for (int i = 0; i < state.Symbols; i++)
        {
            Bar[] bars = series[i];
            while (_cursor[i] < bars.Length && bars[_cursor[i]].OpenTimeMs <= untilMs)
            {
                ref readonly Bar bar = ref bars[_cursor[i]++];
                if (bar.OpenTimeMs > afterMs && state.Memory[i].Position.IsOpen)
                {
                    Test(i, state.Hybrid(i, bar), bar.OpenTimeMs);
                }
            }
        }
    }

    /// <summary>Closes a whole position.</summary>
    public void Close(int symbol, double price, long timeMs, ReasonCode code, string reason)
    {
        ref SymbolState memory = ref state.Memory[symbol];
        Position closed = memory.Position;
        memory.Position = default;
        Book(symbol, closed, closed.Size, closed.Margin, 1.0, price, timeMs, code, reason);
    }

    /// <summary>Closes what is left at the last main close at or before the end; a position without one stays open.</summary>
    public void CloseRemaining(long endMs)
    {
        for (int i = 0; i < state.Symbols; i++)
        {
            int last = Array.FindLastIndex(state.Input.Main[i], b => b.OpenTimeMs <= endMs);
            if (last >= 0 && state.Memory[i].Position.IsOpen)
            {
                Close(i, state.Input.Main[i][last].Close, endMs, ReasonCode.EndOfRun, ReasonText.EndOfData);
            }
        }
    }

    private void Test(int symbol, in Snapshot s, long timeMs)
    {
        ref SymbolState memory = ref state.Memory[symbol];
        ref readonly Parameters p = ref state.Parameters[symbol];
        if (Cooldown.Runs(memory.HasExited, memory.LastExitMs, timeMs, p.Trade.ExitCooldownS))
        {
            return;
        }

        state.Shadow.Copy(symbol, memory.Position);
        ExitDecision decision = Evaluate(symbol, ref memory.Position, s, timeMs, p);
        if (!decision.IsExit)
        {
            return;
        }

        if (decision.Fraction < 1.0)
        {
            Reduce(symbol, decision, timeMs);
        }
        else
        {
            Close(symbol, decision.Price, timeMs, decision.Reason, ReasonText.Exit(decision));
        }
    }

    /// <summary>
    /// The kernel's stages in the kernel's order, with one outcome mapped as the earlier system did: a partial take-profit whose remainder
    /// would be too small holds, and the smart exits are still asked.
    /// </summary>
    private static ExitDecision Evaluate(int symbol, ref Position position, in Snapshot s, long timeMs, in Parameters p)
    {
        double price = s.Close;
        if (GlitchGuard.IsGlitch(price, s, p))
        {
            return default;
        }

        double stop = StopLoss.Level(position, price, s, p);
        if (StopLoss.IsHit(position.Side, price, stop))
        {
            return ExitDecision.Full(ReasonCode.StopLoss, price, stop);
        }

        TrailingStop.Update(ref position, price, s, p);
        if (TrailingStop.IsHit(position, price))
        {
            return ExitDecision.Full(ReasonCode.TrailingStop, price, position.TrailingStop);
        }

        switch (TakeProfit.Evaluate(position, price, p))
        {
            case TakeProfitOutcome.Full:
                return ExitDecision.Full(ReasonCode.TakeProfit, price, TakeProfit.FullLevel(position, p));
            case TakeProfitOutcome.Partial:
                double level = TakeProfit.PartialLevel(position, p);
                return ExitDecision.Partial(ReasonCode.TakeProfitPartial, price, TakeProfit.PartialFraction(p), level);
            default:
                NoTrace trace = default;
                return SmartExits.Evaluate(symbol, position, price, timeMs, s, p, ref trace);
        }
    }

    private void Reduce(int symbol, in ExitDecision decision, long timeMs)
    {
        ref Position position = ref state.Memory[symbol].Position;
        Position before = position;
        double closed = Arithmetic.Round12(before.Size * decision.Fraction);
        double share = Math.Clamp(closed / before.Size, 0.0, 1.0);
        position.Size -= before.Size * share;
        position.Margin *= 1.0 - share;
        position.PartialTaken = true;
        Book(
            symbol,
            before,
            closed,
            before.Margin * share,
            share,
            decision.Price,
            timeMs,
            decision.Reason,
            ReasonText.Exit(decision)
        );
    }

    private void Book(
        int symbol,
        in Position position,
        double size,
        double margin,
        double share,
        double price,
        long timeMs,
        ReasonCode code,
        string reason
    )
    {
        double fill = Fills.Price(price, position.Side == Side.Short, GoldenCosts.ExitSlippageBps);
        double notional = Fills.Notional(fill, size);
        double pnl = Fills.Pnl(position, fill, size);
        double fee = Fills.Fee(notional, GoldenCosts.FeeRate);
        state.Balance += pnl - fee;
        state.Shadow.Release(symbol, share, pnl, fee);

        ref SymbolState memory = ref state.Memory[symbol];
        memory.HasExited = true;
        memory.LastExitMs = timeMs;
        memory.LastExitSide = position.Side;
        memory.LastExitWasFlip = code == ReasonCode.SignalFlip;
        state.Trades.Add(
            new TradeRow
            {
                TimeMs = timeMs,
                Symbol = symbol,
                Action = share < 1.0 ? OrderAction.Reduce : OrderAction.Close,
                Side = position.Side,
                Code = code,
                Reason = reason,
                Confidence = position.Confidence,
                Price = fill,
                Size = size,
                Notional = notional,
                Pnl = pnl,
                Fee = fee,
                Balance = state.Balance,
                Leverage = position.Leverage,
                Margin = margin,
            }
        );
    }
}
