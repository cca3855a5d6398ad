using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>How commands end that are no orders.</summary>
internal static class CommandEnds
{
    private const string WrongAnswer = "the answer does not fit the request";

    /// <summary>The end of an action that is answered without parts.</summary>
    public static (CommandOutcome Outcome, string? Text) Plain(in Verdict verdict) =>
        verdict.Kind switch
        {
            VerdictKind.NotSent or VerdictKind.Refused => (CommandOutcome.Refused, verdict.Text),
            VerdictKind.Answered when verdict.Answer is { Type: "default", Statuses.Count: 0 } => (CommandOutcome.Done, null),
            VerdictKind.Answered => (CommandOutcome.Unknown, WrongAnswer),
            _ => (CommandOutcome.Unknown, verdict.Text),
        };

    /// <summary>The end of a cancel of one order.</summary>
    public static (CommandOutcome Outcome, RejectCode? Code, string? Text) Cancel(in Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.NotSent:
            case VerdictKind.Refused:
                return (CommandOutcome.Refused, verdict.Code, verdict.Text);
            case VerdictKind.Answered when verdict.Answer is { Statuses: [ExchangeStatus status] }:
                return status.Kind switch
                {
                    ExchangeStatusKind.Success => (CommandOutcome.Done, null, null),
                    ExchangeStatusKind.Rejected => (
                        CommandOutcome.Refused,
                        RejectCodes.Of(status.Reason, status.Text),
                        status.Text
                    ),
                    _ => (CommandOutcome.Unknown, null, status.Text ?? WrongAnswer),
                };
            case VerdictKind.Answered:
                return (CommandOutcome.Unknown, null, WrongAnswer);
            default:
                return (CommandOutcome.Unknown, null, verdict.Text);
        }
    }
}
