using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>Sizes opens and adds with the kernel, asks the shadow account, and books them.</summary>
internal sealed class EntryOrders(GoldenState state)
{
    private NoTrace _trace;

    /// <summary>Whether the symbol opened or added too short a time ago.</summary>
    public bool InEntryCooldown(int symbol, long timeMs)
    {
        ref readonly SymbolState memory = ref state.Memory[symbol];
        return Cooldown.Runs(memory.HasEntered, memory.LastEntryMs, timeMs, state.Parameters[symbol].Trade.EntryCooldownS);
    }

    /// <summary>Opens a position unless its size does not fit or the shadow account refuses.</summary>
    public void TryOpen(int symbol, in EntryCandidate candidate, double equity, double headroom, long timeMs, bool subBar)
    {
        ref readonly Parameters p = ref state.Parameters[symbol];
        Signal signal = candidate.Signal;
        double price = candidate.Price;
        Sizing.Entry(symbol, equity, price, candidate.Atr, candidate.Adx, signal.Confidence, p, ref _trace, out EntrySize size);
        Sizing.FitHeadroom(ref size, headroom);
        bool enough = Sizing.MeetsMinimum(ref size, price, p.Trade.MinNotionalUsd, p.Trade.BumpToMinNotional, out _);
        if (!enough || size.Margin > headroom || !state.Shadow.TryBuyIn(symbol, signal.Side, size.Notional, price))
        {
            return;
        }

        double fill = Fills.Price(price, signal.Side == Side.Long, p.Trade.SlippageBps);
        ref SymbolState memory = ref state.Memory[symbol];
        memory.Position = new Position
        {
            Side = signal.Side,
            Size = size.Size,
            EntryPrice = fill,
            FirstEntryPrice = fill,
            EntryAtr = candidate.Atr,
            EntryAdxThreshold = signal.EntryAdxThreshold,
            Confidence = signal.Confidence,
            Leverage = size.Leverage,
            Margin = size.Margin,
            OpenedAtMs = timeMs,
            LastAddMs = timeMs,
        };
        ReasonCode code = subBar ? ReasonCode.EntrySignalSubBar : ReasonCode.EntrySignal;
        Book(symbol, OrderAction.Open, code, ReasonText.Entry(signal.Confidence, subBar), signal.Confidence, fill, size, timeMs);
        state.EntriesThisBar++;
    }

    /// <summary>Adds to a position in profit. The size comes from the wallet alone; a raised add keeps its smaller margin.</summary>
    public void TryAdd(int symbol, in Signal signal, double price, double atr, long timeMs)
    {
        ref readonly Parameters p = ref state.Parameters[symbol];
        ref Position position = ref state.Memory[symbol].Position;
        StopCode stop = Pyramiding.Evaluate(symbol, position, signal, price, timeMs, p, ref _trace);
        if (stop != StopCode.None || InEntryCooldown(symbol, timeMs) || !(price > 0.0))
        {
            return;
        }

        EntrySize wanted = Pyramiding.Size(state.Balance, price, position.Leverage, p);
        EntrySize size = wanted;
        if (!Sizing.MeetsMinimum(ref size, price, p.Trade.MinNotionalUsd, p.Trade.BumpToMinNotional, out double margin))
        {
            return;
        }

        // Margin × leverage differs from size × price in the last bit; only a raised add was priced anew.
        size.Notional = size.Size > wanted.Size ? size.Notional : wanted.Notional;

        double headroom = state.Balance * p.Trade.MaxTotalMarginPct - (state.MarginUsed + margin);
        if (headroom < 0.0 || !state.Shadow.TryBuyIn(symbol, signal.Side, size.Notional, price))
        {
            return;
        }

        double fill = Fills.Price(price, signal.Side == Side.Long, p.Trade.SlippageBps);
        position.EntryPrice = Fills.AverageEntry(position.EntryPrice, position.Size, fill, size.Size);
        position.Size += size.Size;
        position.Margin += margin;
        position.Adds++;
        position.LastAddMs = timeMs;
        Book(symbol, OrderAction.Add, ReasonCode.Pyramid, ReasonText.Add(position.Adds), signal.Confidence, fill, size, timeMs);
    }

    /// <summary>Charges the fee, on the notional at the unslipped price, and writes the row.</summary>
    private void Book(
        int symbol,
        OrderAction action,
        ReasonCode code,
        string reason,
        Confidence confidence,
        double fill,
        in EntrySize size,
        long timeMs
    )
    {
        ref SymbolState memory = ref state.Memory[symbol];
        double fee = Fills.Fee(size.Notional, GoldenCosts.FeeRate);
        state.Balance -= fee;
        memory.HasEntered = true;
        memory.LastEntryMs = timeMs;
        state.Trades.Add(
            new TradeRow
            {
                TimeMs = timeMs,
                Symbol = symbol,
                Action = action,
                Side = memory.Position.Side,
                Code = code,
                Reason = reason,
                Confidence = confidence,
                Price = fill,
                Size = size.Size,
                Notional = size.Notional,
                Pnl = 0.0,
                Fee = fee,
                Balance = state.Balance,
                Leverage = memory.Position.Leverage,
                Margin = memory.Position.Margin,
            }
        );
    }
}
