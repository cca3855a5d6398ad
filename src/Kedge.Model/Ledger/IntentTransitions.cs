namespace Kedge.Model.Ledger;

/// <summary>The states of an intent, their names in tables and the legal changes between them. Pure.</summary>
public static class IntentTransitions
{
    private const int Count = 14;

    private static readonly string[] Names =
    [
        "NEW",
        "SUBMITTING",
        "SENT",
        "UNKNOWN",
        "PARTIAL",
        "FILLED",
        "CANCELLED",
        "PARTIAL_CANCELLED",
        "EXPIRED",
        "UNFILLED",
        "PROVEN_ABSENT",
        "REJECTED",
        "WOULD",
        "BLOCKED",
    ];

    // One bit for each state that may follow.
    private static readonly int[] Next = MakeNext();

    /// <summary>All states.</summary>
    public static IReadOnlyList<IntentStatus> All { get; } = Enum.GetValues<IntentStatus>();

    /// <summary>The state's name in tables, e.g. <c>PARTIAL_CANCELLED</c>.</summary>
    public static string Name(IntentStatus status) => Names[(int)status];

    /// <summary>Reads a state's name as tables hold it.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out IntentStatus status)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
            {
                status = (IntentStatus)i;
                return true;
            }
        }

        status = default;
        return false;
    }

    /// <summary>Nothing more is expected of it. Only a late fill leads out.</summary>
    public static bool IsTerminal(IntentStatus status) => status >= IntentStatus.Filled;

    /// <summary>It may be live at the venue, now or soon: it blocks entries of its symbol and holds its reservation.</summary>
    public static bool MayBeLive(IntentStatus status) =>
        status is IntentStatus.Submitting or IntentStatus.Sent or IntentStatus.Unknown or IntentStatus.Partial;

    /// <summary>
    /// Whether an intent may go from one state to another. Staying is legal everywhere: it records something learnt (an id, an error, evidence).
    /// </summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it would go.</param>
    public static bool IsLegal(IntentStatus from, IntentStatus to) => from == to || ((Next[(int)from] >> (int)to) & 1) != 0;

    /// <summary>
    /// Whether a fill that arrives after the end may lead from one state to another. Only for states in which the venue may have had the order;
    /// what was never sent cannot be filled late.
    /// </summary>
    /// <param name="from">The terminal state.</param>
    /// <param name="to">Where it would go.</param>
    public static bool IsLegalLateFill(IntentStatus from, IntentStatus to) =>
        from
            is IntentStatus.Cancelled
                or IntentStatus.PartialCancelled
                or IntentStatus.Expired
                or IntentStatus.Unfilled
                or IntentStatus.ProvenAbsent
                or IntentStatus.Rejected
        && to is IntentStatus.Partial or IntentStatus.Filled or IntentStatus.PartialCancelled;

    /// <summary>Whether a change into this state has to say what proves it: every end, and every late fill.</summary>
    public static bool NeedsEvidence(IntentStatus to, bool isLateFill) => isLateFill || IsTerminal(to);

    /// <summary>Whether an intent in this state keeps its dedupe key: all but those that were held back.</summary>
    public static bool HoldsDedupeKey(IntentStatus status) => status != IntentStatus.Blocked;

    private static int[] MakeNext()
    {
        const IntentStatus none = IntentStatus.New;
        int[] next = new int[Count];
        IntentStatus[] outcomes =
        [
            IntentStatus.Partial,
            IntentStatus.Filled,
            IntentStatus.Cancelled,
            IntentStatus.PartialCancelled,
            IntentStatus.Expired,
            IntentStatus.Unfilled,
            IntentStatus.Rejected,
        ];
        // New → Filled is a paper fill: the same transaction holds the intent and its fill, and nothing was sent.
        Allow(
            none,
            [IntentStatus.Submitting, IntentStatus.Filled, IntentStatus.Rejected, IntentStatus.Would, IntentStatus.Blocked]
        );
        Allow(IntentStatus.Submitting, [IntentStatus.Sent, IntentStatus.Unknown, IntentStatus.ProvenAbsent, .. outcomes]);
        Allow(IntentStatus.Sent, [IntentStatus.Unknown, .. outcomes]);
        Allow(IntentStatus.Unknown, [IntentStatus.Sent, IntentStatus.ProvenAbsent, .. outcomes]);
        Allow(IntentStatus.Partial, [IntentStatus.Filled, IntentStatus.PartialCancelled]);
        return next;

        void Allow(IntentStatus from, ReadOnlySpan<IntentStatus> to)
        {
            foreach (IntentStatus status in to)
            {
                next[(int)from] |= 1 << (int)status;
            }
        }
    }
}
