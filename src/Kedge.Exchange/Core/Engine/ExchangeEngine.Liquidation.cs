using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>
/// Liquidation. Below maintenance an account's orders are cancelled and its positions are sold to the book, large ones in two steps; below two
/// thirds of maintenance the house takes all over and returns nothing. What is still owed then, the house pays.
/// </summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private const int WholeAccount = -1;

    private void CheckAccount(int account, int symbol)
    {
        ref Position position = ref _clearing.Position(account, symbol);
        if (account == Clearinghouse.House || position.Size == 0)
        {
            return;
        }

        if (position.IsIsolated)
        {
            CheckIsolated(account, symbol);
        }
        else
        {
            CheckCross(account);
        }
    }

    private void CheckCross(int account)
    {
        ref Account a = ref _clearing[account];
        if (account == Clearinghouse.House || !IsUnder(account))
        {
            Cool(account, WholeAccount, ref _clearing[account].LiquidationMs, 0);
            return;
        }

        if (!IsLost(a.CrossValue, a.CrossMaintenance))
        {
            if (a.LiquidationMs > _timeMs)
            {
                return;
            }

            EmitLiquidation(account, WholeAccount, a.CrossValue, a.CrossMaintenance, backstop: false);
            CancelMany(account, -1, OrderStatus.LiquidatedCanceled);
            SellCross(account, isSecondStep: a.LiquidationMs != 0);
        }

        a = ref _clearing[account];
        if (a.CrossPositions > 0 && IsLost(a.CrossValue, a.CrossMaintenance))
        {
            EmitLiquidation(account, WholeAccount, a.CrossValue, a.CrossMaintenance, backstop: true);
            CancelMany(account, -1, OrderStatus.LiquidatedCanceled);
            for (int symbol = 0; symbol < _books.Length; symbol++)
            {
                if (_clearing.Position(account, symbol) is { IsIsolated: false, Size: not 0 })
                {
                    TakeOver(account, symbol, _clearing.Position(account, symbol).Size, FillCause.Backstop);
                }
            }

            Forfeit(account, _clearing[account].Raw);
        }

        if (!IsUnder(account))
        {
            Cool(account, WholeAccount, ref _clearing[account].LiquidationMs, 0);
        }

        ReportBadDebt(account);
    }

    private void SellCross(int account, bool isSecondStep)
    {
        bool isPartial = false;
        for (int symbol = 0; symbol < _books.Length && IsUnder(account); symbol++)
        {
            if (_clearing.Position(account, symbol) is { IsIsolated: false, Size: not 0 })
            {
                isPartial |= Sell(account, symbol, _clearing[account].CrossValue, isSecondStep);
            }
        }

        if (isPartial && IsUnder(account))
        {
            Cool(account, WholeAccount, ref _clearing[account].LiquidationMs, _timeMs + _settings.LiquidationCooldownMs);
        }
    }

    private void CheckIsolated(int account, int symbol)
    {
        long value = _clearing.IsolatedValue(account, symbol);
        ref Position position = ref _clearing.Position(account, symbol);
        if (value >= position.Maintenance)
        {
            Cool(account, symbol, ref position.LiquidationMs, 0);
            return;
        }

        if (!IsLost(value, position.Maintenance))
        {
            if (position.LiquidationMs > _timeMs)
            {
                return;
            }

            EmitLiquidation(account, symbol, value, position.Maintenance, backstop: false);
            CancelMany(account, symbol, OrderStatus.LiquidatedCanceled);
            bool isPartial = Sell(account, symbol, value, position.LiquidationMs != 0);
            value = _clearing.IsolatedValue(account, symbol);
            if (isPartial && position.Size != 0 && value < position.Maintenance)
            {
                Cool(account, symbol, ref position.LiquidationMs, _timeMs + _settings.LiquidationCooldownMs);
            }
        }

        if (position.Size != 0 && IsLost(value, position.Maintenance))
        {
            EmitLiquidation(account, symbol, value, position.Maintenance, backstop: true);
            CancelMany(account, symbol, OrderStatus.LiquidatedCanceled);
            long before = _clearing[account].Raw;
            TakeOver(account, symbol, position.Size, FillCause.Backstop);
            Forfeit(account, _clearing[account].Raw - before);
        }

        if (position.Size == 0 || value >= position.Maintenance)
        {
            Cool(account, symbol, ref position.LiquidationMs, 0);
        }

        ReportBadDebt(account);
    }

    private bool IsUnder(int account)
    {
        ref Account a = ref _clearing[account];
        return a.CrossPositions > 0 && a.CrossValue < a.CrossMaintenance;
    }

    /// <summary>Below two thirds of maintenance.</summary>
    private static bool IsLost(long value, long maintenance) => (Int128)value * 3 < (Int128)maintenance * 2;

    /// <summary>
    /// Sends a position, or the first part of a large one, to the book: immediate, never beyond the price at which the value would be gone.
    /// Returns whether it was a part.
    /// </summary>
    private bool Sell(int account, int symbol, long value, bool isSecondStep)
    {
        long held = _clearing.Position(account, symbol).Size;
        long mark = _clearing.Symbol(symbol).Mark;
        long lots = Math.Abs(held);
        bool isPartial = !isSecondStep && lots * mark > _settings.PartialLiquidationNotional;
        long room = Math.Max(0, value) / lots;
        long maxPrice = _clearing.Instrument(symbol).MaxPrice;
        long limit = Math.Clamp(held > 0 ? mark - room : mark + room, 1, maxPrice);
        if (isPartial)
        {
            lots = WholeSteps(symbol, Math.Max(1, (long)((Int128)lots * _settings.PartialLiquidationPercent / 100)));
        }

        OrderRequest request = new(
            symbol,
            held > 0 ? OrderSide.Sell : OrderSide.Buy,
            limit,
            lots,
            TimeInForce.Ioc,
            ReduceOnly: true
        );
        int slot = Create(account, in request);
        _orders[slot].IsLiquidation = true;
        _orders[slot].Request = 0;
        Execute(slot);
        return isPartial;
    }

    /// <summary>The house takes over signed lots of a position at the mark, without a fee. Both sides see a fill of no order.</summary>
    private void TakeOver(int account, int symbol, long lots, FillCause cause)
    {
        long mark = _clearing.Symbol(symbol).Mark;
        (TradeResult given, TradeResult taken) = _clearing.TakeOver(account, symbol, lots);
        long trade = _nextTradeId++;
        Order side = new()
        {
            Account = account,
            Symbol = symbol,
            Side = lots > 0 ? OrderSide.Sell : OrderSide.Buy,
            OriginalSize = Math.Abs(lots),
        };
        EmitFill(in side, in given, trade, mark, Math.Abs(lots), isTaker: true, cause);
        side.Account = Clearinghouse.House;
        side.Side = Opposite(side.Side);
        EmitFill(in side, in taken, trade, mark, Math.Abs(lots), isTaker: false, cause);
    }

    /// <summary>What a lost account or position leaves goes to the house; below zero it is the house that pays.</summary>
    private void Forfeit(int account, long amount)
    {
        _clearing.Forfeit(account, amount);
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Forfeit,
                Account = account,
                Other = Clearinghouse.House,
                Symbol = -1,
                Amount = amount,
                TimeMs = _timeMs,
            }
        );
    }

    /// <summary>Starts a cooldown, or clears it with 0.</summary>
    private void Cool(int account, int symbol, ref long field, long untilMs)
    {
        if (field == untilMs)
        {
            return;
        }

        _timers.Remove((field, TimerKind.Liquidation, account, symbol));
        field = untilMs;
        if (untilMs != 0)
        {
            _timers.Add((untilMs, TimerKind.Liquidation, account, symbol));
        }
    }

    private void ReportBadDebt(int account)
    {
        long paid = _clearing.CoverBadDebt(account);
        if (paid != 0)
        {
            _effects.Add(
                new ExchangeEvent
                {
                    Kind = EventKind.BadDebt,
                    Account = account,
                    Other = Clearinghouse.House,
                    Symbol = -1,
                    Amount = paid,
                    TimeMs = _timeMs,
                }
            );
        }
    }

    private void EmitLiquidation(int account, int symbol, long value, long maintenance, bool backstop) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Liquidation,
                Account = account,
                Other = -1,
                Symbol = symbol,
                Amount = value,
                Fee = maintenance,
                Flag = backstop,
                TimeMs = _timeMs,
            }
        );
}
