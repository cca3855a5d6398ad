using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class TransitionTests
{
    private static readonly Dictionary<string, string> Legal = new(StringComparer.Ordinal)
    {
        ["NEW"] = "SUBMITTING FILLED REJECTED WOULD BLOCKED",
        ["SUBMITTING"] = "SENT UNKNOWN PARTIAL FILLED CANCELLED PARTIAL_CANCELLED EXPIRED UNFILLED PROVEN_ABSENT REJECTED",
        ["SENT"] = "UNKNOWN PARTIAL FILLED CANCELLED PARTIAL_CANCELLED EXPIRED UNFILLED REJECTED",
        ["UNKNOWN"] = "SENT PARTIAL FILLED CANCELLED PARTIAL_CANCELLED EXPIRED UNFILLED PROVEN_ABSENT REJECTED",
        ["PARTIAL"] = "FILLED PARTIAL_CANCELLED",
    };

    [Fact]
    public void An_intent_changes_state_as_documented_and_in_no_other_way()
    {
        foreach (IntentStatus from in IntentTransitions.All)
        {
            string[] to =
            [
                .. IntentTransitions
                    .All.Where(s => s != from && IntentTransitions.IsLegal(from, s))
                    .Select(IntentTransitions.Name),
            ];
            string legal = Legal.GetValueOrDefault(IntentTransitions.Name(from), "");
            Assert.Equal(legal, string.Join(' ', to));
        }
    }

    [Fact]
    public void Nothing_leads_out_of_an_end_but_a_late_fill()
    {
        foreach (IntentStatus from in IntentTransitions.All.Where(IntentTransitions.IsTerminal))
        {
            Assert.DoesNotContain(IntentTransitions.All, to => to != from && IntentTransitions.IsLegal(from, to));
        }

        Assert.True(IntentTransitions.IsLegalLateFill(IntentStatus.ProvenAbsent, IntentStatus.Filled));
        Assert.True(IntentTransitions.IsLegalLateFill(IntentStatus.Cancelled, IntentStatus.PartialCancelled));
        Assert.False(IntentTransitions.IsLegalLateFill(IntentStatus.Cancelled, IntentStatus.Rejected));
    }

    [Theory]
    [InlineData(IntentStatus.Would)]
    [InlineData(IntentStatus.Blocked)]
    [InlineData(IntentStatus.Filled)]
    public void What_was_never_sent_or_is_full_is_not_filled_late(IntentStatus from) =>
        Assert.DoesNotContain(IntentTransitions.All, to => IntentTransitions.IsLegalLateFill(from, to));

    [Fact]
    public void Every_end_needs_evidence_and_only_a_held_back_intent_gives_its_key_back()
    {
        foreach (IntentStatus status in IntentTransitions.All)
        {
            Assert.Equal(IntentTransitions.IsTerminal(status), IntentTransitions.NeedsEvidence(status, false));
            Assert.True(IntentTransitions.NeedsEvidence(status, true));
            Assert.Equal(status != IntentStatus.Blocked, IntentTransitions.HoldsDedupeKey(status));
            Assert.True(IntentTransitions.TryParse(IntentTransitions.Name(status), out IntentStatus read));
            Assert.Equal(status, read);
        }
    }
}
