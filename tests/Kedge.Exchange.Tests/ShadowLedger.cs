using Kedge.Exchange.Core;

namespace Kedge.Exchange.Tests;

/// <summary>
/// Every account's wallet as told by events alone: what came in, less what went out, plus profit closed, less fees, plus funding. It knows
/// nothing of how the exchange keeps its books.
/// </summary>
internal sealed class ShadowLedger(int accounts)
{
    private readonly long[] _wallets = new long[accounts];

    public long this[int account] => _wallets[account];

    public void Take(in ExchangeEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Fill:
                _wallets[e.Account] += e.ClosedPnl - e.Fee;
                _wallets[0] += e.Fee;
                break;
            case EventKind.Funding:
            case EventKind.BadDebt:
                Move(e.Other, e.Account, e.Amount);
                break;
            case EventKind.Transfer:
            case EventKind.Forfeit:
                Move(e.Account, e.Other, e.Amount);
                break;
            default:
                break;
        }
    }

    private void Move(int from, int to, long amount)
    {
        _wallets[from] -= amount;
        _wallets[to] += amount;
    }
}
