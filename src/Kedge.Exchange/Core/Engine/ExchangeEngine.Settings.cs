using Kedge.Exchange.Core.Accounts;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Accounts, money, settings and prices.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private void OpenAccount(int master, Address address)
    {
        bool isSub = master >= 0;
        if (
            _clearing.Accounts >= Bounds.AccountsMax
            || _directory.IsTaken(address)
            || (isSub && (master == Clearinghouse.House || _clearing[master].Master >= 0))
            || (isSub && _clearing[master].SubAccounts >= _settings.SubAccountsMax)
        )
        {
            Reply(-1, Math.Max(master, 0), OrderStatus.DirectoryRefused);
            return;
        }

        int account = _clearing.Open(master);
        if (isSub)
        {
            _clearing[master].SubAccounts++;
        }

        _directory.Add(account, address);
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.AccountOpened,
                Account = account,
                Other = master,
                Symbol = -1,
                Request = _request,
                TimeMs = _timeMs,
            }
        );
    }

    private void Transfer(int from, int to, long amount)
    {
        OrderStatus refusal =
            to < 0 || to >= _clearing.Accounts || to == from ? OrderStatus.UnknownAccount
            : amount <= 0 || amount > Bounds.MoneyMax ? OrderStatus.BadAmount
            : from == Clearinghouse.House && _clearing.Totals.Deposits > Bounds.MoneyMax - amount ? OrderStatus.BadAmount
            : amount > _clearing.Withdrawable(from) ? OrderStatus.InsufficientFunds
            : OrderStatus.None;
        if (refusal != OrderStatus.None)
        {
            Reply(-1, from, refusal);
            return;
        }

        _clearing.Move(from, to, amount);
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Transfer,
                Account = from,
                Other = to,
                Symbol = -1,
                Amount = amount,
                Request = _request,
                TimeMs = _timeMs,
            }
        );
        Reply(-1, from, OrderStatus.None);
    }

    private void SetFees(int account, long maker, long taker)
    {
        bool isAllowed =
            account != Clearinghouse.House
            && taker is >= 0 and <= Bounds.FeeRateMax
            && maker >= -Bounds.FeeRateMax
            && maker <= taker;
        if (isAllowed)
        {
            _clearing[account].MakerFeeRate = (int)maker;
            _clearing[account].TakerFeeRate = (int)taker;
        }

        Reply(-1, account, isAllowed ? OrderStatus.None : OrderStatus.BadAmount);
    }

    private void UpdateLeverage(in ExchangeCommand input)
    {
        OrderStatus status =
            !IsSymbol(input.Symbol) ? OrderStatus.UnknownAssetRejected
            : !Admit(input.Account, 1, areCancels: false) ? OrderStatus.TooManyRequests
            : input.First is < 1 or > int.MaxValue ? OrderStatus.BadLeverage
            : _clearing.SetLeverage(input.Account, input.Symbol, (int)input.First, input.Flag);
        Reply(-1, input.Account, status, input.Symbol);
    }

    private void UpdateIsolatedMargin(in ExchangeCommand input)
    {
        OrderStatus status =
            !IsSymbol(input.Symbol) ? OrderStatus.UnknownAssetRejected
            : input.First is < -Bounds.MoneyMax or > Bounds.MoneyMax ? OrderStatus.BadAmount
            : !Admit(input.Account, 1, areCancels: false) ? OrderStatus.TooManyRequests
            : _clearing.MoveIsolatedMargin(input.Account, input.Symbol, input.First);
        Reply(-1, input.Account, status, input.Symbol);
    }

    /// <summary>A new price: sums first, then triggers, then liquidations in the order of accounts.</summary>
    private void SetPrice(int symbol, long mark, long oracle)
    {
        if (!IsSymbol(symbol) || !IsPrice(symbol, mark) || !IsPrice(symbol, oracle))
        {
            Reply(-1, Clearinghouse.House, OrderStatus.BadAmount, symbol);
            return;
        }

        _clearing.SetPrice(symbol, mark, oracle);
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.PriceChanged,
                Account = -1,
                Other = -1,
                Symbol = symbol,
                Price = mark,
                Amount = oracle,
                TimeMs = _timeMs,
            }
        );
        RunTriggers(symbol);
        for (int account = 1; account < _clearing.Accounts; account++)
        {
            CheckAccount(account, symbol);
        }

        // Liquidations may have filled parents, whose children are due at once.
        RunTriggers(symbol);
    }

    private bool IsPrice(int symbol, long price) => price > 0 && price <= _clearing.Instrument(symbol).MaxPrice;

    private void SetFundingRate(int symbol, long rate)
    {
        if (!IsSymbol(symbol) || rate is < -Bounds.FundingRateMax or > Bounds.FundingRateMax)
        {
            Reply(-1, Clearinghouse.House, OrderStatus.BadAmount, symbol);
            return;
        }

        _clearing.Symbol(symbol).FundingRate = rate;
    }

    private void Print(in ExchangeCommand input)
    {
        if (
            !IsSymbol(input.Symbol)
            || !IsPrice(input.Symbol, input.First)
            || input.Second <= 0
            || input.Second > Bounds.MoneyMax / input.First
        )
        {
            Reply(-1, Clearinghouse.House, OrderStatus.BadAmount, input.Symbol);
            return;
        }

        _clearing.Symbol(input.Symbol).LastTrade = input.First;
        OrderSide aggressor = input.Flag ? OrderSide.Sell : OrderSide.Buy;
        EmitTrade(input.Symbol, aggressor, -1, -1, _nextTradeId++, input.First, input.Second);
    }
}
