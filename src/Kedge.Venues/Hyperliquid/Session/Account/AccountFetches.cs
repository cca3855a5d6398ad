using Kedge.Crypto;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>Readers of the three histories of an account.</summary>
internal sealed class AccountFetches(
    InfoDesk info,
    AnswerDecoder decoder,
    Address user,
    AccountHistory history,
    int fillsPerPage,
    HistoryFetch<UserFill>.PageListener onFills
)
{
    private const int LongPage = 2_000;
    private const int ShortPage = 500;
    private const int KeptFills = 10_000;

    /// <summary>Fills.</summary>
    public HistoryFetch<UserFill> Fills { get; } =
        new(info, "userFillsByTime", user, fillsPerPage, () => history.FillsFromMs, f => f.TimeMs, decoder.Fills, onFills)
        {
            Reach = KeptFills,
        };

    /// <summary>Funding payments.</summary>
    public HistoryFetch<FundingPayment> Funding { get; } =
        new(
            info,
            "userFunding",
            user,
            ShortPage,
            () => history.FundingFromMs,
            p => p.TimeMs,
            decoder.FundingPayments,
            history.PageOfFunding
        );

    /// <summary>Transfers; the venue's limit is not documented, the longer one is set aside for.</summary>
    public HistoryFetch<LedgerUpdate> Transfers { get; } =
        new(
            info,
            "userNonFundingLedgerUpdates",
            user,
            LongPage,
            () => history.TransfersFromMs,
            u => u.TimeMs,
            decoder.Ledger,
            history.PageOfTransfers
        );
}
