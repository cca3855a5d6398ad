using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>One intent as its history tells it, beside what the ledger says of it now.</summary>
internal sealed class IntentReplay
{
    private readonly (string Status, long? Sent, string? VenueId, string? Error) _said;
    private (string? Status, long? Sent, string? VenueId, string? Error) _told;

    /// <summary>Begins with the row of an intent: id and what is said, in columns 0 to 4.</summary>
    public IntentReplay(string id, LedgerStatement row)
    {
        Id = id;
        _said = (row.TextAt(1), row.IntOrNull(2), row.TextOrNull(3), row.TextOrNull(4));
    }

    public string Id { get; }

    /// <summary>One entry of its history, in columns 5 to 11.</summary>
    public void Next(LedgerStatement row, Action<string> say)
    {
        if (row.TextOrNull(6) is not string to)
        {
            return;
        }

        string? from = row.TextOrNull(5);
        bool isLate = row.FlagAt(11);
        if (from != _told.Status || !IsLegal(from, to, isLate))
        {
            say($"intent {Id}: its history goes from {_told.Status ?? "nothing"} by {from ?? "nothing"} to {to}");
        }

        if (
            from != to
            && row.TextAt(10).Length == 0
            && IntentTransitions.TryParse(to, out IntentStatus status)
            && IntentTransitions.NeedsEvidence(status, isLate)
        )
        {
            say($"intent {Id}: {to} without evidence");
        }

        string? error = row.TextOrNull(9);
        _told = (
            to,
            _told.Sent ?? row.IntOrNull(7),
            row.TextOrNull(8) ?? _told.VenueId,
            error is null ? _told.Error
            : error.Length == 0 ? null
            : error
        );
    }

    /// <summary>Says how the end of the history differs from what is said now.</summary>
    public void Compare(Action<string> say)
    {
        if (_told != _said)
        {
            say($"intent {Id}: is {_said}, its history says {_told}");
        }
    }

    private static bool IsLegal(string? from, string to, bool isLate) =>
        from is null
            ? to == "NEW"
            : IntentTransitions.TryParse(from, out IntentStatus a)
                && IntentTransitions.TryParse(to, out IntentStatus b)
                && (isLate ? IntentTransitions.IsLegalLateFill(a, b) : IntentTransitions.IsLegal(a, b));
}
