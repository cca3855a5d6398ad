using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues;

/// <summary>The outcome events of a command that is refused as a whole.</summary>
internal static class CommandRefusals
{
    /// <summary>Makes them: one for each order or question. Nothing for commands that have no outcome.</summary>
    /// <param name="command">The command.</param>
    /// <param name="code">Why.</param>
    /// <param name="text">Why, for people.</param>
    public static IEnumerable<VenueEvent> Of(VenueCommand command, RejectCode code, string text) =>
        command switch
        {
            VenueCommand.Place place => place.Orders.Select(o => new VenueEvent.OrderRejected(o.Intent.Id, code, text)),
            VenueCommand.Modify modify => [new VenueEvent.OrderRejected(modify.Replacement.Intent.Id, code, text)],
            VenueCommand.Cancel cancel => [new VenueEvent.CancelAnswered(cancel.Id, null, CommandOutcome.Refused, code, text)],
            VenueCommand.CancelForeign foreign =>
            [
                new VenueEvent.CancelAnswered(default, foreign.VenueId, CommandOutcome.Refused, code, text),
            ],
            VenueCommand.SetLeverage set =>
            [
                new VenueEvent.LeverageAnswered(set.Symbol, set.Leverage, CommandOutcome.Refused, text),
            ],
            VenueCommand.ScheduleCancel schedule =>
            [
                new VenueEvent.ScheduleAnswered(schedule.AtMs, CommandOutcome.Refused, text),
            ],
            VenueCommand.QueryOrder query => [new VenueEvent.OrderStatusAnswered(query.Id, null, false, text)],
            VenueCommand.ResolveOrder resolve => [new VenueEvent.OrderStatusAnswered(resolve.Id, null, false, text)],
            VenueCommand.QueryAccount => [new VenueEvent.AccountAnswered(0m, 0m, 0m, [], 0, text)],
            VenueCommand.QueryOpenOrders => [new VenueEvent.OpenOrdersAnswered([], text)],
            VenueCommand.QueryInstruments => [new VenueEvent.InstrumentsAnswered([], text)],
            VenueCommand.QueryDayVolumes => [new VenueEvent.DayVolumesAnswered([], text)],
            VenueCommand.QueryCandles query => [new VenueEvent.CandlesAnswered(query.Request, [], true, text)],
            VenueCommand.QueryFundingRates query => [new VenueEvent.FundingRatesAnswered(query.Request, [], true, text)],
            _ => [],
        };
}
