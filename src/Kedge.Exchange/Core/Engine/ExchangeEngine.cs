using System.Diagnostics;
using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Core.Engine;

/// <summary>
/// The exchange as one machine, compiled for one kind of book. This file takes commands and time; its other parts are one verb each.
/// </summary>
internal sealed partial class ExchangeEngine<TBook> : IMachine<ExchangeCommand, ExchangeEvent>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly ExchangeSettings _settings;
    private readonly Clearinghouse _clearing;
    private readonly OrderStore _orders = new();
    private readonly TBook[] _books;
    private readonly TriggerBook[] _triggers;
    private readonly AccountDirectory _directory;
    private long _nextOrderId;
    private long _nextTradeId = 1;
    private IEffectSink<ExchangeEvent> _effects = null!;
    private Now _now;
    private long _request;
    private int _index;

    public ExchangeEngine(ExchangeSettings settings)
    {
        _settings = settings;
        _clearing = new Clearinghouse(settings);
        _books = new TBook[_clearing.Symbols];
        _triggers = new TriggerBook[_clearing.Symbols];
        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            _books[symbol] = TBook.Create(_orders);
            _triggers[symbol] = new TriggerBook(_orders);
        }

        _directory = new AccountDirectory(settings);
        _nextOrderId = settings.FirstOrderId;
    }

    public Clearinghouse Clearing => _clearing;

    public OrderStore Orders => _orders;

    public AccountDirectory Directory => _directory;

    public long TimeMs => _timeMs;

    /// <summary>Id of the newest order; one less than the first when there was none.</summary>
    public long NewestOrderId => _nextOrderId - 1;

    public ref TBook Book(int symbol) => ref _books[symbol];

    public void Handle(in ExchangeCommand input, in Now now, IEffectSink<ExchangeEvent> effects)
    {
        _effects = effects;
        _now = now;
        PassTime(now.WallMs);
        _request = input.Request;
        _index = 0;
        if (input.Account < 0 || input.Account >= _clearing.Accounts)
        {
            Reply(-1, input.Account, OrderStatus.UnknownAccount);
        }
        else
        {
            Dispatch(in input);
        }

        _request = 0;
        ArmTimer();
    }

    private void Dispatch(in ExchangeCommand input)
    {
        switch (input.Kind)
        {
            case CommandKind.TimerFired:
                break;
            case CommandKind.Place:
                PlaceAll(in input);
                break;
            case CommandKind.Cancel:
                CancelEach(in input);
                break;
            case CommandKind.Modify:
                ModifyEach(in input);
                break;
            case CommandKind.CancelAll:
                CancelMany(input.Account, input.Symbol, OrderStatus.Canceled);
                break;
            case CommandKind.ScheduleCancel:
                ScheduleCancel(input.Account, input.First);
                break;
            case CommandKind.UpdateLeverage:
                UpdateLeverage(in input);
                break;
            case CommandKind.UpdateIsolatedMargin:
                UpdateIsolatedMargin(in input);
                break;
            case CommandKind.CreateAccount:
                OpenAccount(-1, input.Address);
                break;
            case CommandKind.CreateSubAccount:
                OpenAccount(input.Account, input.Address);
                break;
            case CommandKind.ApproveAgent:
                Reply(
                    -1,
                    input.Account,
                    _directory.Approve(input.Account, input.Address, input.Name, input.First, _timeMs)
                        ? OrderStatus.None
                        : OrderStatus.DirectoryRefused
                );
                break;
            case CommandKind.Transfer:
                Transfer(input.Account, input.Other, input.First);
                break;
            case CommandKind.SetFees:
                SetFees(input.Account, input.First, input.Second);
                break;
            case CommandKind.SetPrice:
                SetPrice(input.Symbol, input.First, input.Second);
                break;
            case CommandKind.SetFundingRate:
                SetFundingRate(input.Symbol, input.First);
                break;
            case CommandKind.Print:
                Print(in input);
                break;
            case CommandKind.Delist:
                Delist(input.Symbol);
                break;
            case CommandKind.ChangeLotSize:
                ChangeLotSize(input.Symbol, input.First);
                break;
            case CommandKind.Deleverage:
                Deleverage(input.Account, input.Symbol, input.First);
                break;
            case CommandKind.Liquidate:
                Liquidate(input.Account);
                break;
            case CommandKind.FillThenCancel:
                FillThenCancel(input.Account, input.First, input.Second);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private bool IsSymbol(int symbol) => symbol >= 0 && symbol < _books.Length;

    /// <summary>
    /// Counts actions against what the address has left: a budget that grows with volume, and one action per drip beyond it. Cancels get more.
    /// </summary>
    private bool Admit(int account, int actions, bool areCancels)
    {
        if (account == Clearinghouse.House || _settings.RequestsBase == 0)
        {
            return true;
        }

        ref Account a = ref _clearing[account];
        a.Requests += actions;
        long limit = _settings.RequestsBase + (a.Volume / Bounds.Usd);
        if (a.Requests <= limit || (areCancels && a.Requests <= Math.Min(limit + 100_000, 2 * limit)))
        {
            return true;
        }

        if (actions == 1 && _timeMs >= a.NextRequestMs)
        {
            a.NextRequestMs = _timeMs + _settings.RequestDripMs;
            return true;
        }

        a.Requests -= actions;
        return false;
    }

    private void Reply(int index, int account, OrderStatus status, int symbol = -1) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Reply,
                Account = account,
                Symbol = symbol,
                Other = -1,
                Index = index,
                Status = status,
                Request = _request,
                TimeMs = _timeMs,
            }
        );

    private void Update(ref Order order, OrderStatus status) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.OrderUpdate,
                Account = order.Account,
                Symbol = order.Symbol,
                Other = -1,
                Index = _index,
                Side = order.Side,
                Status = status,
                Request = _request,
                TimeMs = _timeMs,
                OrderId = order.Id,
                Cloid = order.Cloid,
                Price = order.Price,
                Size = order.Remaining,
                OriginalSize = order.OriginalSize,
            }
        );
}
