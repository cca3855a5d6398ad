using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Actions;
using Kedge.Venues.Hyperliquid.Session.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// All that concerns the account: its history told once, its live orders compared with the venue's list, its balance, and the desk that acts on
/// orders. After every gap it catches up by REST; while streams are alive it compares with REST from time to time, since a stream can lose a message
/// without anybody noticing.
/// </summary>
internal sealed class AccountDesk
{
    private const int QueryAttempts = 3;
    private const int MaxStrikes = 3;

    private readonly SessionSettings settings;
    private readonly AccountQuestions questions;
    private readonly RequestDesk requests;
    private readonly StreamWatch watch;
    private readonly SubscriptionBook subscriptions;
    private readonly AccountHistory history;
    private readonly AccountFetches fetches;
    private readonly MissingOrders missingOrders;
    private long fillAuditMs = long.MaxValue;
    private long orderAuditMs = long.MaxValue;
    private long slowAuditMs = long.MaxValue;
    private int foundByPages;
    private int strikes;
    private int missing; // Steps of the catch-up that are not done.
    private int generation;
    private HistoryFetch<UserFill>.Listener? whenCaughtUp;

    /// <summary>A desk.</summary>
    public AccountDesk(
        SessionSettings settings,
        Address user,
        AccountCursor cursor,
        long startMs,
        InfoDesk info,
        RequestDesk requests,
        AnswerDecoder decoder,
        StreamWatch watch,
        SubscriptionBook subscriptions,
        IAssetLookup assets
    )
    {
        this.settings = settings;
        this.requests = requests;
        questions = new AccountQuestions(info, decoder, user);
        missingOrders = new MissingOrders(questions, (message, at, to) => Tell(message, at, to));
        this.watch = watch;
        this.subscriptions = subscriptions;
        history = new AccountHistory(cursor, startMs, settings, (fill, at, to) => Orders?.FillSeen(fill, at, to))
        {
            Watched = user.ToString(),
        };
        fetches = new AccountFetches(
            info,
            decoder,
            user,
            history,
            settings.FillsPerPage,
            (IReadOnlyList<UserFill> page, in Now at, IEffectSink<SessionEffect> to) =>
                foundByPages += history.PageOfFills(page, at, to)
        );
        if (settings.Signer is { } key)
        {
            HyperliquidNetwork network = settings.IsMainnet ? HyperliquidNetwork.Mainnet : HyperliquidNetwork.Testnet;
            ActionSigner signer = new(key, network, settings.Vault);
            OrderDeskSettings own = new(user)
            {
                OrderLifeMs = settings.ExpiryMarginMs,
                OpenEndedEvery = settings.OpenEndedEvery,
                OpenEndedLifeMs = settings.OpenEndedLifeMs,
                TimeoutMs = settings.OrderTimeoutMs,
                FillsPerPage = settings.FillsPerPage,
            };
            Orders = new OrderDesk(own, requests, assets, signer, decoder);
        }
    }

    /// <summary>The desk that acts; null when nothing is signed.</summary>
    public IOrderDesk? Orders { get; }

    /// <summary>The history told.</summary>
    public AccountHistory History => history;

    /// <summary>Fills told that the stream had lost.</summary>
    public long FoundByAudit { get; private set; }

    /// <summary>Whether the stream of fills loses so many that a new connection is worth trying.</summary>
    public bool IsStreamLosing => strikes >= MaxStrikes;

    /// <summary>When <see cref="Tick"/> is to be called next.</summary>
    public long NextDueMonotonicMs =>
        Math.Min(Orders?.NextDueMonotonicMs ?? long.MaxValue, Math.Min(fillAuditMs, Math.Min(orderAuditMs, slowAuditMs)));

    /// <summary>An event is told.</summary>
    public void Told(VenueEvent told) => missingOrders.Told(told);

    /// <summary>A new socket is open: from now on until the catch-up is done there may be a gap.</summary>
    public void GapBegan() => history.Hold();

    /// <summary>The connection was lost.</summary>
    public void Lost(in Now now, IEffectSink<SessionEffect> effects)
    {
        generation++;
        history.Hold();
        (fillAuditMs, orderAuditMs, slowAuditMs) = (long.MaxValue, long.MaxValue, long.MaxValue);
        strikes = 0;
        Orders?.SessionLost(now, effects);
    }

    /// <summary>Reads everything that may have happened; the listener hears when that is done, unless the connection is lost before.</summary>
    public void CatchUp(HistoryFetch<UserFill>.Listener whenDone, in Now now)
    {
        int begun = ++generation;
        whenCaughtUp = whenDone;
        missing = 5;
        fetches.Fills.Run((in Now at, IEffectSink<SessionEffect> to) => Step(begun, history.ReleaseFills, at, to), now);
        fetches.Funding.Run((in Now at, IEffectSink<SessionEffect> to) => Step(begun, history.ReleaseFunding, at, to), now);
        fetches.Transfers.Run((in Now at, IEffectSink<SessionEffect> to) => Step(begun, history.ReleaseTransfers, at, to), now);
        AskOrders(InfoDesk.Always, () => begun == generation, now, (_, at, to) => Step(begun, null, at, to));
        AskAccount(InfoDesk.Always, () => begun == generation, now, (_, at, to) => Step(begun, null, at, to));
        AskRateLimit(now);
    }

    /// <summary>What is due: comparisons with the venue.</summary>
    public void Tick(in Now now, IEffectSink<SessionEffect> effects)
    {
        if (Orders is not null && now.MonotonicMs >= Orders.NextDueMonotonicMs)
        {
            Orders.Tick(now, effects);
        }

        if (now.MonotonicMs >= fillAuditMs)
        {
            fillAuditMs = now.MonotonicMs + settings.AuditEveryMs;
            AuditFills(now);
        }

        if (now.MonotonicMs >= orderAuditMs)
        {
            orderAuditMs = now.MonotonicMs + settings.OrderAuditEveryMs;
            AskOrders(1, static () => true, now, null);
        }

        if (now.MonotonicMs >= slowAuditMs)
        {
            slowAuditMs = now.MonotonicMs + settings.SlowAuditEveryMs;
            AuditMoney(now);
            AskRateLimit(now);
        }
    }

    /// <summary>A stream of the account is stale: all comparisons are made now.</summary>
    public void Poll(in Now now) =>
        (fillAuditMs, orderAuditMs, slowAuditMs) = (
            Math.Min(fillAuditMs, now.MonotonicMs),
            Math.Min(orderAuditMs, now.MonotonicMs),
            Math.Min(slowAuditMs, now.MonotonicMs)
        );

    /// <summary>Somebody misses something in the history: it is read now. While the session catches up that is under way anyhow.</summary>
    public void ReadHistory(in Now now)
    {
        if (fillAuditMs != long.MaxValue)
        {
            fillAuditMs = Math.Min(fillAuditMs, now.MonotonicMs);
            AuditMoney(now);
        }
    }

    /// <summary>A message of a stream of the account.</summary>
    public void Heard(StreamMessage message, in Now now, IEffectSink<SessionEffect> effects)
    {
        switch (message)
        {
            case FillsMessage m when IsOurs(m.User):
                Spoke(VenueChannel.Fills, now);
                history.StreamFills(m.Fills, now, effects);
                break;
            case FundingPaymentsMessage m when IsOurs(m.User):
                Spoke(VenueChannel.Funding, now);
                history.StreamFunding(m.Payments, now, effects);
                break;
            case LedgerMessage m when IsOurs(m.User):
                Spoke(VenueChannel.Ledger, now);
                history.StreamTransfers(m.Updates, now, effects);
                break;
            case OrderUpdatesMessage m:
                Spoke(VenueChannel.Orders, now);
                Tell(m, now, effects);
                break;
            default:
                break;
        }
    }

    /// <summary>Answers with balance and positions.</summary>
    public void QueryAccount(in Now now) =>
        AskAccount(
            QueryAttempts,
            static () => true,
            now,
            (error, _, to) =>
            {
                if (error is not null)
                {
                    to.Add(new SessionEffect.Emit(AccountReports.NoAccount(error)));
                }
            }
        );

    /// <summary>Answers with all live orders.</summary>
    public void QueryOpenOrders(in Now now) =>
        AskOrders(
            QueryAttempts,
            static () => true,
            now,
            (error, _, to) =>
            {
                if (error is not null)
                {
                    to.Add(new SessionEffect.Emit(new VenueEvent.OpenOrdersAnswered([], error)));
                }
            }
        );

    /// <summary>Answers what became of an order, when there is no desk that acts.</summary>
    public void QueryOrder(ClientOrderId id, in Now now) =>
        questions.Status(
            id.ToString(),
            now,
            (lookup, error, _, to) =>
            {
                OrderReport? report = lookup?.State is not { } state ? null : OrderReports.From(state, isTrigger: false);
                to.Add(new SessionEffect.Emit(new VenueEvent.OrderStatusAnswered(id, report, IsProvenAbsent: false, error)));
            }
        );

    private void Step(int begun, StepEnd? release, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (begun != generation || missing == 0)
        {
            return;
        }

        release?.Invoke(now, effects);
        if (--missing == 0)
        {
            foundByPages = 0;
            fillAuditMs = now.MonotonicMs + settings.AuditEveryMs;
            orderAuditMs = now.MonotonicMs + settings.OrderAuditEveryMs;
            slowAuditMs = now.MonotonicMs + settings.SlowAuditEveryMs;
            whenCaughtUp?.Invoke(now, effects);
        }
    }

    private void AuditFills(in Now now)
    {
        if (fetches.Fills.IsRunning)
        {
            return;
        }

        int begun = generation;
        foundByPages = 0;
        fetches.Fills.Run(
            (in Now at, IEffectSink<SessionEffect> to) =>
            {
                if (begun != generation)
                {
                    return;
                }

                FoundByAudit += foundByPages;
                strikes = foundByPages > 0 ? strikes + 1 : 0;
                if (foundByPages > 0)
                {
                    watch.Wrong(new SubscriptionKey(VenueChannel.Fills), at, to);
                }
                else
                {
                    Spoke(VenueChannel.Fills, at);
                }
            },
            now
        );
    }

    private void AuditMoney(in Now now)
    {
        if (!fetches.Funding.IsRunning)
        {
            fetches.Funding.Run((in Now at, IEffectSink<SessionEffect> _) => Spoke(VenueChannel.Funding, at), now);
        }

        if (!fetches.Transfers.IsRunning)
        {
            fetches.Transfers.Run((in Now at, IEffectSink<SessionEffect> _) => Spoke(VenueChannel.Ledger, at), now);
        }
    }

    private void AskRateLimit(in Now now) =>
        questions.RateLimit(
            now,
            (limit, _, _, _) =>
            {
                if (limit is not null)
                {
                    requests.Actions.Learn(limit.Used, limit.Cap, limit.Surplus ?? 0);
                }
            }
        );

    private void AskAccount(
        int attempts,
        Func<bool> isWanted,
        in Now now,
        Action<string?, Now, IEffectSink<SessionEffect>> then
    ) =>
        questions.Account(
            attempts,
            isWanted,
            now,
            (state, error, at, to) =>
            {
                if (state is not null)
                {
                    subscriptions.Hold([.. state.Positions.Where(p => p.Size != 0m).Select(p => p.Coin)]);
                    to.Add(new SessionEffect.Emit(AccountReports.From(state)));
                    if (state.TimeMs is { } venueMs and > 0)
                    {
                        Orders?.VenueTimeHeard(venueMs, at);
                    }
                }

                then(error, at, to);
            }
        );

    /// <summary>The venue's list of live orders; <paramref name="then"/> is null for a comparison nobody waits for, which is not told.</summary>
    private void AskOrders(
        int attempts,
        Func<bool> isWanted,
        in Now now,
        Action<string?, Now, IEffectSink<SessionEffect>>? then
    ) =>
        questions.Orders(
            attempts,
            isWanted,
            now,
            (orders, error, at, to) =>
            {
                if (orders is not null)
                {
                    Compare(AccountReports.Flat(orders), then is not null, at, to);
                }

                then?.Invoke(error, at, to);
            }
        );

    private void Compare(IReadOnlyList<OpenOrder> orders, bool isTold, in Now now, IEffectSink<SessionEffect> effects)
    {
        Spoke(VenueChannel.Orders, now);
        Tell(AccountReports.AsUpdates(orders), now, effects);
        if (isTold)
        {
            OrderReport[] reports = [.. orders.Select(OrderReports.From)];
            effects.Add(new SessionEffect.Emit(new VenueEvent.OpenOrdersAnswered(reports, null)));
        }

        missingOrders.Compare(orders, now);
    }

    private void Tell(OrderUpdatesMessage message, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (Orders is not null)
        {
            Orders.OrdersChanged(message, now, effects);
            return;
        }

        foreach (OrderState state in message.Orders)
        {
            OrderReport report = OrderReports.From(state, isTrigger: false);
            effects.Add(new SessionEffect.Emit(new VenueEvent.OrderChanged(report)));
        }
    }

    private void Spoke(VenueChannel channel, in Now now) => watch.Spoke(new SubscriptionKey(channel), now);

    private bool IsOurs(string address) => string.Equals(address, history.Watched, StringComparison.OrdinalIgnoreCase);

    private delegate void StepEnd(in Now now, IEffectSink<SessionEffect> effects);
}
