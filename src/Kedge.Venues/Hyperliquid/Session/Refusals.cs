using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session.Account;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Ends commands of which nothing was or will be sent, each with the event it would have ended in.</summary>
internal static class Refusals
{
    /// <summary>Ends a command.</summary>
    public static void Tell(VenueCommand command, string reason, IEffectSink<SessionEffect> effects)
    {
        switch (command)
        {
            case VenueCommand.Place place:
                foreach (ApprovedOrder order in place.Orders)
                {
                    Emit(new VenueEvent.OrderRejected(order.Intent.Id, RejectCode.NotSent, reason));
                }

                break;
            case VenueCommand.Modify modify:
                Emit(new VenueEvent.OrderRejected(modify.Replacement.Intent.Id, RejectCode.NotSent, reason));
                break;
            case VenueCommand.Cancel cancel:
                Emit(new VenueEvent.CancelAnswered(cancel.Id, null, CommandOutcome.Refused, RejectCode.NotSent, reason));
                break;
            case VenueCommand.CancelForeign cancel:
                Emit(new VenueEvent.CancelAnswered(default, cancel.VenueId, CommandOutcome.Refused, RejectCode.NotSent, reason));
                break;
            case VenueCommand.SetLeverage leverage:
                Emit(new VenueEvent.LeverageAnswered(leverage.Symbol, leverage.Leverage, CommandOutcome.Refused, reason));
                break;
            case VenueCommand.ScheduleCancel schedule:
                Emit(new VenueEvent.ScheduleAnswered(schedule.AtMs, CommandOutcome.Refused, reason));
                break;
            case VenueCommand.QueryOrder query:
                Emit(new VenueEvent.OrderStatusAnswered(query.Id, null, IsProvenAbsent: false, reason));
                break;
            case VenueCommand.ResolveOrder resolve:
                Emit(new VenueEvent.OrderStatusAnswered(resolve.Id, null, IsProvenAbsent: false, reason));
                break;
            case VenueCommand.QueryAccount:
                Emit(AccountReports.NoAccount(reason));
                break;
            case VenueCommand.QueryOpenOrders:
                Emit(new VenueEvent.OpenOrdersAnswered([], reason));
                break;
            case VenueCommand.QueryInstruments:
                Emit(new VenueEvent.InstrumentsAnswered([], reason));
                break;
            case VenueCommand.QueryDayVolumes:
                Emit(new VenueEvent.DayVolumesAnswered([], reason));
                break;
            case VenueCommand.QueryCandles query:
                Emit(new VenueEvent.CandlesAnswered(query.Request, [], IsLast: true, reason));
                break;
            case VenueCommand.QueryFundingRates query:
                Emit(new VenueEvent.FundingRatesAnswered(query.Request, [], IsLast: true, reason));
                break;
            default:
                break;
        }

        void Emit(VenueEvent told) => effects.Add(new SessionEffect.Emit(told));
    }
}
