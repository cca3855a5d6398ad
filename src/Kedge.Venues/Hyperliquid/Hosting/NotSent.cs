using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>The outcomes of a command that never reached the session.</summary>
internal static class NotSent
{
    internal static IEnumerable<VenueEvent> Outcomes(VenueCommand command, string why) =>
        command switch
        {
            VenueCommand.Place place => place.Orders.Select(order => Rejected(order, why)),
            VenueCommand.Modify modify => [Rejected(modify.Replacement, why)],
            VenueCommand.Cancel cancel =>
            [
                new VenueEvent.CancelAnswered(cancel.Id, null, CommandOutcome.Refused, RejectCode.NotSent, why),
            ],
            VenueCommand.CancelForeign cancel =>
            [
                new VenueEvent.CancelAnswered(default, cancel.VenueId, CommandOutcome.Refused, RejectCode.NotSent, why),
            ],
            VenueCommand.SetLeverage leverage =>
            [
                new VenueEvent.LeverageAnswered(leverage.Symbol, leverage.Leverage, CommandOutcome.Refused, why),
            ],
            VenueCommand.ScheduleCancel schedule => [new VenueEvent.ScheduleAnswered(schedule.AtMs, CommandOutcome.Refused, why)],
            VenueCommand.QueryOrder query => [new VenueEvent.OrderStatusAnswered(query.Id, null, IsProvenAbsent: false, why)],
            VenueCommand.ResolveOrder resolve =>
            [
                new VenueEvent.OrderStatusAnswered(resolve.Id, null, IsProvenAbsent: false, why),
            ],
            VenueCommand.QueryAccount => [new VenueEvent.AccountAnswered(0m, 0m, 0m, [], 0, why)],
            VenueCommand.QueryOpenOrders => [new VenueEvent.OpenOrdersAnswered([], why)],
            VenueCommand.QueryInstruments => [new VenueEvent.InstrumentsAnswered([], why)],
            VenueCommand.QueryDayVolumes => [new VenueEvent.DayVolumesAnswered([], why)],
            VenueCommand.QueryCandles query => [new VenueEvent.CandlesAnswered(query.Request, [], IsLast: true, why)],
            VenueCommand.QueryFundingRates query => [new VenueEvent.FundingRatesAnswered(query.Request, [], IsLast: true, why)],
            _ => [new VenueEvent.Noted("not_sent", $"{command.GetType().Name}: {why}")],
        };

    private static VenueEvent.OrderRejected Rejected(ApprovedOrder order, string why) =>
        new(order.Intent.Id, RejectCode.NotSent, why);
}
