using System.Globalization;
using System.Text;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Tells fills, funding payments and transfers once each, in order of time within a batch, with the cursor that covers them. Streams and answers
/// are the same to it: both only bring records. While a gap is being filled, what streams bring is held back, so that the cursor never runs ahead of
/// the gap; of each kind a bounded number is held, and what does not fit is left to the answers.
/// </summary>
internal sealed class AccountHistory
{
    private const int MaxHeld = 4_096;
    private const string FundingMark = "f:";
    private const string TransferMark = "t:";

    private readonly SeenWindow<(long TradeId, long OrderId)> fills;
    private readonly SeenWindow<string> funding;
    private readonly SeenWindow<string> transfers;
    private readonly List<UserFill> heldFills = [];
    private readonly List<FundingPayment> heldFunding = [];
    private readonly List<LedgerUpdate> heldTransfers = [];
    private readonly Action<UserFill, Now, IEffectSink<SessionEffect>> onFill;
    private readonly bool isVault;

    /// <summary>A history that was delivered up to a cursor.</summary>
    /// <param name="cursor">How far.</param>
    /// <param name="startMs">The moment, UTC epoch milliseconds: whatever the cursor covers was delivered before.</param>
    /// <param name="settings">Bounds.</param>
    /// <param name="onFill">Hears each fill after it was told.</param>
    public AccountHistory(
        AccountCursor cursor,
        long startMs,
        SessionSettings settings,
        Action<UserFill, Now, IEffectSink<SessionEffect>> onFill
    )
    {
        this.onFill = onFill;
        isVault = settings.Vault is not null;
        long untilMs = Math.Max(startMs, Math.Max(cursor.FillsMs, Math.Max(cursor.FundingMs, cursor.TransfersMs)));
        untilMs += settings.KeyWindowMs;
        fills = new(cursor.FillsMs, cursor.FillKeys, settings.OverlapMs, untilMs, settings.MaxKeys);
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.DropFillDedupe))
        {
            IEnumerable<(long TradeId, long VenueOrderId)> first = cursor.FillKeys.DistinctBy(k => k.VenueOrderId);
            fills = new(cursor.FillsMs, first, settings.OverlapMs, untilMs, settings.MaxKeys);
        }
        else if (IsPlanted(PlantedBug.FundingTwice))
        {
            cursor = cursor with { RecentKeys = [] };
        }
#endif
        funding = Keyed(cursor.FundingMs, FundingMark);
        transfers = Keyed(cursor.TransfersMs, TransferMark);

        SeenWindow<string> Keyed(long floorMs, string mark) =>
            new(
                floorMs,
                cursor.RecentKeys.Where(k => k.StartsWith(mark, StringComparison.Ordinal)),
                settings.OverlapMs,
                untilMs,
                settings.MaxKeys
            );
    }

    /// <summary>Fills told.</summary>
    public long FillsDelivered { get; private set; }

    /// <summary>Fills that came again.</summary>
    public long FillsRepeated => fills.Repeated;

    /// <summary>From where fills are to be asked for.</summary>
    public long FillsFromMs => Math.Max(0, fills.FloorMs);

    /// <summary>From where funding payments are to be asked for.</summary>
    public long FundingFromMs => Math.Max(0, funding.FloorMs);

    /// <summary>From where transfers are to be asked for.</summary>
    public long TransfersFromMs => Math.Max(0, transfers.FloorMs);

    /// <summary>What is covered now.</summary>
    public AccountCursor Cursor =>
        new(fills.FloorMs, fills.Keys, funding.FloorMs, transfers.FloorMs, [.. funding.Keys, .. transfers.Keys]);

    /// <summary>Whether fills from streams wait for the gap to be filled; when that ends the held ones are told.</summary>
    public bool HoldsFills { get; private set; }

    /// <summary>The same for funding.</summary>
    public bool HoldsFunding { get; private set; }

    /// <summary>The same for transfers.</summary>
    public bool HoldsTransfers { get; private set; }

    /// <summary>A gap began.</summary>
    public void Hold() => HoldsFills = HoldsFunding = HoldsTransfers = true;

    /// <summary>Fills from the stream.</summary>
    public void StreamFills(IReadOnlyList<UserFill> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (HoldsFills)
        {
            HoldBack(heldFills, batch);
            return;
        }

        Tell(batch, now, effects);
    }

    /// <summary>Funding payments from the stream.</summary>
    public void StreamFunding(IReadOnlyList<FundingPayment> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (HoldsFunding)
        {
            HoldBack(heldFunding, batch);
            return;
        }

        Tell(batch, now, effects);
    }

    /// <summary>Transfers from the stream.</summary>
    public void StreamTransfers(IReadOnlyList<LedgerUpdate> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (HoldsTransfers)
        {
            HoldBack(heldTransfers, batch);
            return;
        }

        Tell(batch, now, effects);
    }

    /// <summary>A page of fills from an answer; says how many were new.</summary>
    public int PageOfFills(IReadOnlyList<UserFill> page, in Now now, IEffectSink<SessionEffect> effects)
    {
        int told = Tell(page, now, effects);
        if (page.Count > 0)
        {
            fills.Proven(Known(page.Max(f => f.TimeMs), now));
        }

        return told;
    }

    /// <summary>A page of funding payments from an answer.</summary>
    public void PageOfFunding(IReadOnlyList<FundingPayment> page, in Now now, IEffectSink<SessionEffect> effects)
    {
        Tell(page, now, effects);
        if (page.Count > 0)
        {
            funding.Proven(Known(page.Max(f => f.TimeMs), now));
        }
    }

    /// <summary>A page of transfers from an answer.</summary>
    public void PageOfTransfers(IReadOnlyList<LedgerUpdate> page, in Now now, IEffectSink<SessionEffect> effects)
    {
        Tell(page, now, effects);
        if (page.Count > 0)
        {
            transfers.Proven(Known(page.Max(f => f.TimeMs), now));
        }
    }

    /// <summary>The gap in fills is filled.</summary>
    public void ReleaseFills(in Now now, IEffectSink<SessionEffect> effects)
    {
        HoldsFills = false;
        Tell(heldFills, now, effects);
        heldFills.Clear();
    }

    /// <summary>The gap in funding is filled.</summary>
    public void ReleaseFunding(in Now now, IEffectSink<SessionEffect> effects)
    {
        HoldsFunding = false;
        Tell(heldFunding, now, effects);
        heldFunding.Clear();
    }

    /// <summary>The gap in transfers is filled.</summary>
    public void ReleaseTransfers(in Now now, IEffectSink<SessionEffect> effects)
    {
        HoldsTransfers = false;
        Tell(heldTransfers, now, effects);
        heldTransfers.Clear();
    }

    /// <summary>
    /// Key of a fill. Old answers have no trade id; the place is then taken by a hash of what tells fills of one order apart (transaction, moment,
    /// price, size, position before), made negative so that it never equals a trade id.
    /// </summary>
    internal static (long TradeId, long OrderId) Key(UserFill fill) =>
        (
            fill.TradeId
                ?? ~(long)(
                    Fnv(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{fill.Hash}|{fill.TimeMs}|{fill.Coin}|{fill.IsBuy}|{fill.Price}|{fill.Size}|{fill.StartPosition}"
                        )
                    ) & long.MaxValue
                ),
            fill.OrderId
        );

    private static string Key(FundingPayment payment) =>
        string.Create(CultureInfo.InvariantCulture, $"{FundingMark}{payment.Coin}:{payment.TimeMs}");

    private static string Key(LedgerUpdate update)
    {
        // One transaction may hold several entries: what tells them apart is in the key, by its value and not by how it was written.
        string amount = string.Create(
            CultureInfo.InvariantCulture,
            $"{update.Usdc:0.########}:{update.Token}:{update.Amount:0.########}"
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TransferMark}{update.Hash}:{update.TimeMs}:{update.Kind}:{amount}:{update.Destination}"
        );
    }

    private int Tell(IReadOnlyList<UserFill> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        int told = 0;
        foreach (UserFill fill in batch.OrderBy(f => f.TimeMs))
        {
            (long TradeId, long OrderId) key = Key(fill);
            if (!fills.IsNew(key, fill.TimeMs))
            {
                continue;
            }

            told++;
            FillsDelivered++;
            Fill report = new(
                key.TradeId,
                fill.OrderId,
                ClientOrderId.TryParse(fill.ClientOrderId, out ClientOrderId id) ? id : default,
                fill.Coin,
                fill.IsBuy,
                fill.Price,
                fill.Size,
                fill.Fee,
                fill.ClosedPnl,
                fill.StartPosition,
                fill.IsTaker,
                fill.Liquidation is not null,
                fill.TimeMs
            );
            effects.Add(new SessionEffect.Emit(new VenueEvent.Filled(report, Cursor)));
            onFill(fill, now, effects);
        }

        return told;
    }

    private void Tell(IReadOnlyList<FundingPayment> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach (FundingPayment payment in batch.OrderBy(p => p.TimeMs))
        {
            if (funding.IsNew(Key(payment), payment.TimeMs))
            {
                FundingReport report = new(payment.Coin, payment.Usdc, payment.Size, payment.FundingRate, payment.TimeMs);
                effects.Add(new SessionEffect.Emit(new VenueEvent.FundingPaid(report, Cursor)));
            }
        }
    }

    private void Tell(IReadOnlyList<LedgerUpdate> batch, in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach (LedgerUpdate update in batch.OrderBy(u => u.TimeMs))
        {
            string key = Key(update);
            if (transfers.IsNew(key, update.TimeMs))
            {
                TransferReport report = new(update.Kind, Signed(update), key[TransferMark.Length..], update.TimeMs);
                effects.Add(new SessionEffect.Emit(new VenueEvent.Transferred(report, Cursor)));
            }
        }
    }

    /// <summary>
    /// What came in is positive, what went out negative; the venue tells both without a sign. Of a kind whose direction we do not know nothing is said:
    /// a wrong sign would move equity that was adjusted for transfers by twice the amount.
    /// </summary>
    private decimal? Signed(LedgerUpdate update) =>
        update.Kind switch
        {
            "deposit" => update.Usdc,
            "withdraw" => -update.Usdc,
            "accountClassTransfer" => update.ToPerp is false ? -update.Usdc : update.Usdc,
            "internalTransfer" or "subAccountTransfer" => IsOurs(update.Destination) ? update.Usdc : -update.Usdc,
            "vaultDistribution" => update.Usdc,
            // A vault's own ledger lists what others put into it by the same word.
            "vaultDeposit" or "vaultCreate" when !isVault => -update.Usdc,
            _ => null,
        };

    /// <summary>The account whose history it is, lower-case hex.</summary>
    public string Watched { get; init; } = string.Empty;

    private bool IsOurs(string? address) => string.Equals(address, Watched, StringComparison.OrdinalIgnoreCase);

    /// <summary>A record that bears a time of the future proves nothing beyond now: one wrong time must not settle what has yet to come.</summary>
    private static long Known(long timeMs, in Now now) => Math.Min(timeMs, now.WallMs);

    private static void HoldBack<T>(List<T> held, IReadOnlyList<T> batch)
    {
        // The newest stay: the older a record, the sooner an answer brings it.
        held.AddRange(batch);
        if (held.Count > MaxHeld)
        {
            held.RemoveRange(0, held.Count - MaxHeld);
        }
    }

    private static ulong Fnv(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 1_099_511_628_211;
        }

        return hash;
    }
}
