using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>What the venue says of an account, in our words.</summary>
internal static class AccountReports
{
    private const string OpenWord = "open";

    /// <summary>Balance and positions.</summary>
    public static VenueEvent.AccountAnswered From(AccountState state) =>
        new(
            state.Margin.AccountValue,
            state.Withdrawable,
            state.Margin.TotalMarginUsed,
            [
                .. state
                    .Positions.Where(p => p.Size != 0m)
                    .Select(p => new PositionReport(
                        p.Coin,
                        p.Size,
                        p.EntryPrice ?? 0m,
                        p.PositionValue,
                        p.UnrealizedPnl,
                        p.MarginUsed,
                        p.Leverage,
                        p.IsCross,
                        p.LiquidationPrice
                    )),
            ],
            state.TimeMs ?? 0,
            null
        );

    /// <summary>No answer.</summary>
    public static VenueEvent.AccountAnswered NoAccount(string error) => new(0m, 0m, 0m, [], 0, error);

    /// <summary>Orders and those that wait for them, in one list.</summary>
    public static IReadOnlyList<OpenOrder> Flat(IReadOnlyList<OpenOrder> orders)
    {
        List<OpenOrder> flat = [];
        HashSet<long> seen = [];
        Stack<OpenOrder> open = new(orders.Reverse());
        while (open.TryPop(out OpenOrder? order))
        {
            if (seen.Add(order.OrderId))
            {
                flat.Add(order);
            }

            foreach (OpenOrder child in order.Children)
            {
                open.Push(child);
            }
        }

        return flat;
    }

    /// <summary>Live orders as the stream would tell them.</summary>
    public static OrderUpdatesMessage AsUpdates(IReadOnlyList<OpenOrder> orders) =>
        new([.. orders.Select(o => new OrderState(o, VenueOrderStatus.Open, OpenWord, o.TimestampMs))]);
}
