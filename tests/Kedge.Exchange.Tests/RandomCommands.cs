using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Books;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Tests;

/// <summary>
/// Commands that a venue might see on a bad day, drawn from a seed: all kinds of orders near the mark, cancels and replacements of live and dead
/// orders, money, leverage, jumps of price and time, and nonsense.
/// </summary>
internal sealed class RandomCommands(ulong seed, int delistsFrom = 10_000)
{
    private const int AccountsOpen = 7;

    private readonly Market.ExchangeRandom _random = new(seed);
    private readonly long[] _marks = [Markets.Btc60K, 300_000, 12_000];
    private readonly int[] _lots = [.. Markets.Settings.Instruments.Select(instrument => instrument.SizeDecimals)];
    private int _step;

    public long NowMs { get; private set; } = 1_700_000_000_000;

    public ExchangeCommand Next<TBook>(ExchangeEngine<TBook> engine)
        where TBook : struct, IOrderBook<TBook>
    {
        _step++;
        NowMs += _random.Below(100) == 0 ? _random.Below(2_000_000) : _random.Below(50);
        if (_step <= AccountsOpen)
        {
            return _step == AccountsOpen
                ? ExchangeCommand.CreateSubAccount(1, new Address(1, (UInt128)_step), "sub")
                : ExchangeCommand.CreateAccount(new Address(1, (UInt128)_step));
        }

        if (_step <= 2 * AccountsOpen)
        {
            return ExchangeCommand.Transfer(0, _step - AccountsOpen, (2_000 + _random.Below(200_000)) * Bounds.Usd);
        }

        if (_step <= (2 * AccountsOpen) + 3)
        {
            return Price(_step - (2 * AccountsOpen) - 1, 0);
        }

        int account = _random.Below(AccountsOpen + 1);
        int symbol = _random.Below(3);
        return _random.Below(100) switch
        {
            < 42 => ExchangeCommand.Place(account, Orders(account, symbol, out OrderGrouping grouping), grouping, _step),
            < 45 => Operation(engine, account, symbol),
            < 65 => ExchangeCommand.Cancel(account, new[] { Target(engine, account) }, _step),
            < 78 => ExchangeCommand.Modify(
                account,
                new[] { new ModifyRequest(Target(engine, account), Order(account, symbol, false), _random.Below(4) == 0) },
                _step
            ),
            < 90 => Price(symbol, _random.Below(12) == 0 ? 40 : 4),
            < 91 => ExchangeCommand.Transfer(0, account, (1 + _random.Below(50_000)) * Bounds.Usd, _step),
            < 92 => ExchangeCommand.Transfer(account, _random.Below(AccountsOpen + 2), _random.Below(1_000_000_000), _step),
            < 94 => ExchangeCommand.UpdateLeverage(account, symbol, _random.Below(42), _random.Below(2) == 0, _step),
            < 95 => ExchangeCommand.UpdateIsolatedMargin(account, symbol, _random.Below(2_000_000_000) - 1_000_000_000, _step),
            < 96 => ExchangeCommand.ScheduleCancel(account, _random.Below(3) != 0 ? 0 : NowMs + _random.Below(60_000), _step),
            < 97 => ExchangeCommand.SetFundingRate(symbol, _random.Below(2_000_000) - 1_000_000),
            < 98 => ExchangeCommand.CancelAll(account, _random.Below(12) - 1, _step),
            < 99 => ExchangeCommand.SetFees(account, _random.Below(40_000) - 10_000, 30_000 + _random.Below(50_000), _step),
            _ => ExchangeCommand.Print(symbol, OrderSide.Buy, _marks[symbol], 1 + _random.Below(100)),
        };
    }

    /// <summary>What the operator does. Only the third symbol is ever delisted, and late, so that the run stays worth something.</summary>
    private ExchangeCommand Operation<TBook>(ExchangeEngine<TBook> engine, int account, int symbol)
        where TBook : struct, IOrderBook<TBook>
    {
        int decimals = Markets.Settings.Instruments[symbol].SizeDecimals;
        switch (_random.Below(12))
        {
            case < 4:
                return ExchangeCommand.Deleverage(account, symbol, _random.Below(3) * _random.Below(2_000), _step);
            case < 6:
                return ExchangeCommand.Liquidate(account, _step);
            case < 10:
                return ExchangeCommand.FillThenCancel(
                    account,
                    Target(engine, account).OrderId,
                    _random.Below(2) * _random.Below(5_000),
                    _step
                );
            case < 11:
                _lots[symbol] = _random.Below(2) == 0 ? decimals : Math.Max(0, decimals - 1 - _random.Below(3));
                return ExchangeCommand.ChangeLotSize(symbol, _random.Below(20) == 0 ? 7 : _lots[symbol], _step);
            default:
                return ExchangeCommand.Delist(_step > delistsFrom && _random.Below(12) == 0 ? 2 : 3, _step);
        }
    }

    private ExchangeCommand Price(int symbol, int percent)
    {
        long start =
            symbol == 0 ? Markets.Btc60K
            : symbol == 1 ? 300_000
            : 12_000;
        long move = percent == 0 ? 0 : (_random.Below(2_001) - 1_000) * (_marks[symbol] * percent / 100) / 1_000;
        _marks[symbol] = Math.Clamp(_marks[symbol] + move, start / 3, start * 3);
        return ExchangeCommand.SetPrice(symbol, _marks[symbol], _marks[symbol] + _random.Below(11) - 5);
    }

    private OrderRequest[] Orders(int account, int symbol, out OrderGrouping grouping)
    {
        grouping = OrderGrouping.None;
        switch (_random.Below(20))
        {
            case 0:
                grouping = OrderGrouping.NormalTpsl;
                return [Order(account, symbol, false), Order(account, symbol, true), Order(account, symbol, true)];
            case 1:
                grouping = OrderGrouping.NormalTpsl;
                return [Order(account, symbol, false), Order(account, symbol, true)];
            case 2:
                grouping = OrderGrouping.PositionTpsl;
                return [Order(account, symbol, true) with { Size = 0 }, Order(account, symbol, true)];
            case 3:
                return [Order(account, symbol, true)];
            case 4:
                return [Order(account, symbol, false), Order(account, _random.Below(4), _random.Below(2) == 0)];
            default:
                return [Order(account, symbol, false)];
        }
    }

    private OrderRequest Order(int account, int symbol, bool trigger)
    {
        long mark = _marks[symbol % 3];
        long near = mark / (_random.Below(4) == 0 ? 8 : 300);
        long Around() => Rounded(mark + ((_random.Below(2_001) - 1_000) * near / 1_000));
        long notional =
            account == 0 ? 20_000
            : _random.Below(30) == 0 ? 2_000_000
            : 3_000;
        return new OrderRequest(
            symbol,
            (OrderSide)_random.Below(2),
            _random.Below(200) == 0 ? mark + 1 : Around(),
            Size(symbol % 3, 1 + (_random.Below(1_000) * (notional * Bounds.Usd / mark) / 1_000)),
            (TimeInForce)(
                _random.Below(10) switch
                {
                    < 6 => 0,
                    < 8 => 1,
                    8 => 2,
                    _ => 3,
                }
            ),
            trigger ? _random.Below(4) > 0 : _random.Below(6) == 0,
            _random.Below(3) == 0 ? (UInt128)(1 + _random.Below(30)) : default,
            trigger ? (TriggerKind)(1 + _random.Below(2)) : TriggerKind.None,
            trigger ? Around() : 0,
            _random.Below(2) == 0
        );
    }

    /// <summary>Mostly a size that the lot size of now allows.</summary>
    private long Size(int symbol, long lots)
    {
        long step = Markets.Settings.Instruments[symbol].LotsPerUnit(_lots[symbol]);
        return lots > step && _random.Below(10) > 0 ? lots - (lots % step) : lots;
    }

    /// <summary>Prices of few significant digits, so that orders meet.</summary>
    private static long Rounded(long price) => price >= 100_000 ? price / 100 * 100 : price / 4 * 4;

    private OrderTarget Target<TBook>(ExchangeEngine<TBook> engine, int account)
        where TBook : struct, IOrderBook<TBook>
    {
        if (_random.Below(5) == 0)
        {
            return new OrderTarget(0, (UInt128)_random.Below(31));
        }

        int slot = engine.Clearing[account].FirstOrder;
        for (int skip = _random.Below(12); slot >= 0 && skip > 0; skip--)
        {
            slot = engine.Orders[slot].NextOfAccount;
        }

        return new OrderTarget(slot < 0 ? 1 : engine.Orders[slot].Id);
    }
}
