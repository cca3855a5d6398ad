using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session.Account;
using Kedge.Venues.Hyperliquid.Session.Market;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// The adapter's machine: commands, answers, socket messages and timers in; requests, socket messages, timers and events out. It never throws for
/// anything that comes from the wire or in a command. It is up when metadata is known, every stream of the account is acknowledged and everything
/// that happened meanwhile has been read by REST.
/// </summary>
public sealed partial class HyperliquidSession : IMachine<SessionInput, SessionEffect>
{
    private const long TimerId = 1;
    private const int MaxRounds = 64;
    private const int MetaWeight = 20;
    private const int MetaWaitMs = 60_000;

    private static readonly SessionEffect.Prices NewPrices = new();

    private readonly SessionSettings settings;
    private readonly RequestDesk requests;
    private readonly InfoDesk info;
    private readonly DecodeReport report;
    private readonly AnswerDecoder answers;
    private readonly StreamDecoder stream;
    private readonly InstrumentBook instruments = new();
    private readonly HistoryQueries histories;
    private readonly CandleTape candles = new();
    private readonly PriceBoard prices;
    private readonly SocketLink link;
    private readonly SubscriptionBook subscriptions;
    private readonly StreamWatch watch;
    private readonly Throttle notes = new();
    private readonly Outlet outlet;
    private readonly Queue<(VenueCommand Command, long SinceMs)> waiting = new();
    private AccountDesk? account;
    private DecodeFault? fault;
    private bool isStarted;
    private bool isCatchingUp;
    private bool isUp;
    private int epoch;
    private int garbage;
    private long upSinceMs;
    private long metaDueMs = long.MaxValue;
    private long slowDueMs = long.MaxValue;
    private long timerMs = long.MaxValue;

    /// <summary>A session that has not begun.</summary>
    /// <param name="settings">How it behaves.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public HyperliquidSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        this.settings = settings;
        requests = new RequestDesk(settings);
        info = new InfoDesk(requests, settings);
        report = new DecodeReport(refused => fault = refused);
        answers = new AnswerDecoder(report);
        stream = new StreamDecoder(instruments.Symbols, report);
        histories = new HistoryQueries(info, answers);
        prices = new PriceBoard(stream, instruments.Symbols);
        link = new SocketLink(settings);
        subscriptions = new SubscriptionBook(settings);
        watch = new StreamWatch(settings);
        outlet = new Outlet(this);
    }

    /// <summary>What it is doing.</summary>
    public SessionStatus Status =>
        new(
            isUp ? SessionState.Up : link.State,
            epoch,
            link.Connections,
            requests.WeightUsed,
            requests.WeightBudget,
            requests.Actions.Left,
            requests.Queued,
            requests.InFlight,
            requests.StrayAnswers,
            requests.RateLimited,
            subscriptions.Active,
            subscriptions.Refused,
            account?.History.FillsDelivered ?? 0,
            account?.History.FillsRepeated ?? 0,
            account?.FoundByAudit ?? 0,
            report.Refused,
            prices.Dropped
        );

    /// <summary>How far history has been told; null without an account or before it began.</summary>
    public AccountCursor? Cursor => account?.History.Cursor;

    /// <inheritdoc/>
    public void Handle(in SessionInput input, in Now now, IEffectSink<SessionEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        outlet.Target = effects;
        prices.Clear();
        switch (input)
        {
            case SessionInput.SocketReceived received:
                if (link.IsCurrent(received.Connection))
                {
                    Receive(received.Text.Span, now);
                }

                break;
            case SessionInput.HttpAnswered answered:
                requests.Answered(answered, now, outlet);
                break;
            case SessionInput.HttpFailed failed:
                requests.Failed(failed, now, outlet);
                break;
            case SessionInput.Commanded commanded:
                Take(commanded.Command, now);
                break;
            case SessionInput.SocketOpened opened:
                Opened(opened.Connection, now);
                break;
            case SessionInput.SocketClosed closed:
                if (link.IsLost(closed.Connection))
                {
                    Down(closed.Reason, isClosed: true, now);
                }

                break;
            case SessionInput.NonceBlockSaved saved:
                account?.Orders?.NonceBlockSaved(saved.UpTo, now, outlet);
                break;
            case SessionInput.TimerFired fired:
                timerMs = fired.Id == TimerId ? long.MaxValue : timerMs;
                break;
            case SessionInput.Started started:
                Start(started, now);
                break;
            default:
                break;
        }

        Settle(now);
        outlet.Target = null;
    }

    /// <summary>Hands the prices of the last <see cref="SessionEffect.Prices"/> over; valid until the next input, and once.</summary>
    public void DeliverPrices(IPriceSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        prices.Deliver(sink);
    }

    private void Start(SessionInput.Started started, in Now now)
    {
        if (isStarted)
        {
            return;
        }

        isStarted = true;
        if (settings.Watched is { } user)
        {
            AccountCursor cursor = started.Cursor ?? AccountCursor.StartingAt(now.WallMs);
            account = new AccountDesk(
                settings,
                user,
                cursor,
                now.WallMs,
                info,
                requests,
                answers,
                watch,
                subscriptions,
                instruments
            );
            account.Orders?.Start(started.NonceFloor, now, outlet);
        }

        AskMeta(InfoDesk.Always, isWaitedFor: false, now);
        link.Open(now, outlet);
        for (int count = waiting.Count; count > 0; count--)
        {
            Take(waiting.Dequeue().Command, now); // What waits for metadata is put back.
        }
    }

    private void Opened(long connection, in Now now)
    {
        if (!link.TryOpened(connection, now))
        {
            return;
        }

        garbage = 0;
        slowDueMs = now.MonotonicMs + settings.CatchUpSlowMs;
        subscriptions.Reset();
        subscriptions.Plan(outlet);
        account?.GapBegan();
        if (epoch > 0)
        {
            AskMeta(1, isWaitedFor: false, now);
        }
    }

    private void Receive(ReadOnlySpan<byte> text, in Now now)
    {
        PayloadKind kind = stream.Decode(text);
        if (kind == PayloadKind.None)
        {
            if (++garbage >= settings.MaxGarbage)
            {
                Down("messages that cannot be read", isClosed: false, now);
            }

            return;
        }

        garbage = 0;
        switch (kind)
        {
            case PayloadKind.Mids:
                watch.Spoke(new SubscriptionKey(VenueChannel.Mids), now);
                if (prices.Hold(kind, now.MonotonicMs) is { } symbol)
                {
                    notes.Note("price_dropped", $"the mid price of {symbol} is no price", now, outlet);
                }

                outlet.Add(NewPrices);
                break;
            case PayloadKind.Quote:
                if (stream.Quote.SymbolId >= 0)
                {
                    watch.Spoke(new SubscriptionKey(VenueChannel.Quote, instruments.Symbols[stream.Quote.SymbolId]), now);
                    prices.Hold(kind, now.MonotonicMs);
                    outlet.Add(NewPrices);
                }

                break;
            case PayloadKind.Pong:
                link.Pong();
                break;
            default:
                Message(now);
                break;
        }
    }

    private void Message(in Now now)
    {
        SubscriptionKey key;
        switch (stream.Message)
        {
            case CandleMessage { Candle: var candle }:
                watch.Spoke(new SubscriptionKey(VenueChannel.Candle, candle.Coin, candle.Interval), now);
                candles.Take(candle, outlet);
                break;
            case SubscriptionMessage subscription:
                if (subscriptions.Acknowledged(subscription, out key))
                {
                    watch.Begin(key, now);
                }

                break;
            case StreamErrorMessage error:
                if (subscriptions.Complained(error.Text, outlet, out key))
                {
                    watch.Begin(key, now);
                }

                TellLostStreams(now);
                notes.Note("stream_error", error.Text, now, outlet);
                break;
            case { } message:
                account?.Heard(message, now, outlet);
                break;
            default:
                break;
        }
    }

    private void Down(string reason, bool isClosed, in Now now)
    {
        if (isUp && now.MonotonicMs - upSinceMs >= settings.BackoffMaxMs)
        {
            link.Held();
        }

        isUp = false;
        isCatchingUp = false;
        slowDueMs = long.MaxValue;
        long retryInMs = link.Drop(isClosed, now, outlet);
        subscriptions.Reset();
        watch.Clear();
        outlet.Add(new SessionEffect.Emit(new VenueEvent.SessionDown(reason, retryInMs)));
        account?.Lost(now, outlet);
    }

    private void CaughtUp(in Now now)
    {
        isCatchingUp = false;
        isUp = true;
        upSinceMs = now.MonotonicMs;
        slowDueMs = long.MaxValue;
        epoch++;
        subscriptions.Plan(outlet); // Positions are known now: their symbols go before others.
        outlet.Add(new SessionEffect.Emit(new VenueEvent.SessionUp(epoch)));
        account?.Orders?.SessionUp(now, outlet);
    }

    private void ReadPrices()
    {
        if (!subscriptions.CanReadPrices && instruments.IsKnown)
        {
            subscriptions.CanReadPrices = true;
            if (subscriptions.IsPlanned)
            {
                subscriptions.Plan(outlet);
            }
        }
    }

    private void AskMeta(int attempts, bool isWaitedFor, Now asked)
    {
        metaDueMs = asked.MonotonicMs + settings.MetaEveryMs;
        info.Ask(
            new InfoQuestion<VenueMeta>(
                RequestClass.Query,
                InfoBody.Of("meta"),
                MetaWeight,
                attempts,
                MetaWaitMs,
                answers.Meta,
                (VenueMeta? meta, string? error, in Now now, IEffectSink<SessionEffect> to) =>
                {
                    bool isChanged = false;
                    string? problem = error;
                    if (meta is not null && !instruments.TryTake(meta, out isChanged, out problem))
                    {
                        error = problem;
                    }

                    ReadPrices();
                    if (isChanged || (isWaitedFor && error is null))
                    {
                        to.Add(new SessionEffect.Emit(new VenueEvent.InstrumentsAnswered(instruments.Instruments, null)));
                    }
                    else if (isWaitedFor)
                    {
                        to.Add(new SessionEffect.Emit(new VenueEvent.InstrumentsAnswered([], error)));
                    }

                    if (problem is not null)
                    {
                        notes.Note("metadata", problem, now, to);
                    }

                    if (error is not null)
                    {
                        metaDueMs = Math.Min(metaDueMs, now.MonotonicMs + (settings.MetaEveryMs / 10));
                    }
                }
            ),
            asked
        );
    }

    /// <summary>Passes effects on and sees what is told.</summary>
    private sealed class Outlet(HyperliquidSession session) : IEffectSink<SessionEffect>
    {
        public IEffectSink<SessionEffect>? Target { get; set; }

        public void Add(in SessionEffect effect)
        {
            if (effect is SessionEffect.Emit told)
            {
                session.account?.Told(told.Event);
            }

            Target?.Add(effect);
        }
    }
}
