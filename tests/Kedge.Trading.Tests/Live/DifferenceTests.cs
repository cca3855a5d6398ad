using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Live;

/// <summary>What becomes of a difference between the venue's account and the ledger.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public void A_difference_that_nothing_explains_is_booked_after_the_history_was_read()
    {
        using LiveDesk desk = new();
        int bookedAfter = Pass(desk, 60, _ => { });
        Assert.InRange(bookedAfter, (int)(desk.Live.DifferenceMs / 1_000), 40);
        int read = desk.Sent.FindIndex(s => s is VenueCommand.QueryHistory);
        Assert.True(read >= 0);
        // Two readings at most: weight of requests is scarce.
        Assert.InRange(desk.Sent.Count(s => s is VenueCommand.QueryHistory), 1, 2);
        Assert.Contains(desk.Alerts, a => a.Code == "position_adjusted");
    }

    [Fact]
    public void A_fill_that_lagged_behind_the_account_is_booked_once_and_nothing_beside_it()
    {
        using LiveDesk desk = new();
        int bookedAfter = Pass(
            desk,
            120,
            sent =>
            {
                if (sent is VenueCommand.QueryHistory && !desk.Rows.OfType<LedgerRow.FillBooked>().Any())
                {
                    desk.Tell(desk.Filled(default, 77, "ETH", isBuy: true, 1m, 100m));
                }
            }
        );
        Assert.Equal(-1, bookedAfter);
        Assert.Single(desk.Rows.OfType<LedgerRow.FillBooked>());
        Assert.Equal(1m, desk.Engine.ForeignOf(desk.Engine.RankOf("ETH")));
        Assert.DoesNotContain(desk.Alerts, a => a.Code is "position_adjusted" or "cash_adjusted");
    }

    /// <summary>Lets seconds pass in which the venue, when it is asked, shows an ETH that the ledger does not know of.</summary>
    /// <returns>The second after which an adjustment was booked; −1 for none.</returns>
    private static int Pass(LiveDesk desk, int seconds, Action<VenueCommand> answer)
    {
        PositionReport eth = new("ETH", 1m, 100m, 100m, 0m, 0m, 3, true, null);
        int booked = desk.Rows.OfType<LedgerRow.AdjustmentBooked>().Count();
        for (int second = 1; second <= seconds; second++)
        {
            int sent = desk.Sent.Count;
            desk.MoveTo(desk.NowMs + 1_000);
            desk.Price("ETH", 100.0);
            desk.Handle(new EngineEvent.TimerFired(TradingEngine.SecondTimer));
            foreach (VenueCommand command in desk.Sent.Skip(sent).ToArray())
            {
                answer(command);
                if (command is VenueCommand.QueryAccount)
                {
                    desk.Tell(new VenueEvent.AccountAnswered(10_000m, 10_000m, 0m, [eth], desk.NowMs, null));
                }
            }

            if (desk.Rows.OfType<LedgerRow.AdjustmentBooked>().Count() > booked)
            {
                return second;
            }
        }

        return -1;
    }
}
