using System.Text;
using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Which streams are wanted and how far each is: sent, acknowledged, refused. Streams of the account come first, then mid prices, then symbols that
/// are held, then the others as asked; what the venue's limit leaves no place for is not sent, and told by name.
/// </summary>
internal sealed class SubscriptionBook(SessionSettings settings)
{
    private const int MaxAttempts = 3;
    private const int MaxNames = 20;
    private const long RetryLostMs = 60_000;

    private static readonly VenueChannel[] AccountChannels =
    [
        VenueChannel.Fills,
        VenueChannel.Orders,
        VenueChannel.Funding,
        VenueChannel.Ledger,
    ];

    private readonly Address? user = settings.Watched;
    private readonly Dictionary<SubscriptionKey, Entry> entries = [];
    private readonly Queue<(bool IsSubscribe, SubscriptionKey Key)> outgoing = new();
    private readonly Queue<SubscriptionKey> lost = new();
    private VenueCommand.Subscribe wanted = new(Mids: false, [], []);
    private IReadOnlyCollection<string> held = [];
    private HashSet<SubscriptionKey> lastRefused = [];

    /// <summary>Streams acknowledged.</summary>
    public int Active => entries.Values.Count(e => e.IsActive);

    /// <summary>Streams for which there is no place.</summary>
    public int Refused => lastRefused.Count;

    /// <summary>
    /// Whether prices can be read, which takes metadata. Until then streams of the market are not subscribed: their first message would be lost,
    /// and from a market that stands still there is no second one.
    /// </summary>
    public bool CanReadPrices { get; set; }

    /// <summary>Whether it was decided what to subscribe on this socket.</summary>
    public bool IsPlanned { get; private set; }

    /// <summary>Whether every stream of the account is acknowledged.</summary>
    public bool IsAccountActive => entries.All(e => !e.Key.IsAccount || e.Value.IsActive);

    /// <summary>When <see cref="Tick"/> is to be called next.</summary>
    public long NextDueMonotonicMs { get; private set; } = long.MaxValue;

    /// <summary>Whether a stream is acknowledged.</summary>
    public bool IsOn(SubscriptionKey key) => entries.TryGetValue(key, out Entry? entry) && entry.IsActive;

    /// <summary>The streams acknowledged.</summary>
    public IEnumerable<SubscriptionKey> On => entries.Where(e => e.Value.IsActive).Select(e => e.Key);

    /// <summary>Sets what is wanted of the market.</summary>
    public void Want(VenueCommand.Subscribe command) => wanted = command;

    /// <summary>Sets symbols that are held.</summary>
    public void Hold(IReadOnlyCollection<string> symbols) => held = symbols;

    /// <summary>A new socket: nothing is subscribed on it.</summary>
    public void Reset()
    {
        entries.Clear();
        outgoing.Clear();
        lost.Clear();
        IsPlanned = false;
        NextDueMonotonicMs = long.MaxValue;
    }

    /// <summary>Queues what it takes to get from what is subscribed to what is wanted.</summary>
    public void Plan(IEffectSink<SessionEffect> effects)
    {
        List<SubscriptionKey> order = Order();
        int count = Math.Min(order.Count, settings.MaxSubscriptions);
        HashSet<SubscriptionKey> chosen = [.. order.Take(count)];
        foreach (SubscriptionKey key in entries.Keys.Where(k => !chosen.Contains(k)).ToArray())
        {
            entries.Remove(key);
            outgoing.Enqueue((false, key));
        }

        foreach (SubscriptionKey key in order.Take(count))
        {
            if (entries.TryAdd(key, new Entry()))
            {
                outgoing.Enqueue((true, key));
            }
        }

        HashSet<SubscriptionKey> refused = [.. order.Skip(count)];
        if (refused.Count > 0 && !refused.SetEquals(lastRefused))
        {
            string names = string.Join(' ', order.Skip(count).Take(MaxNames));
            string more = refused.Count > MaxNames ? " …" : string.Empty;
            string text = FormattableString.Invariant(
                $"{refused.Count} streams are over the limit of {settings.MaxSubscriptions} and not subscribed: {names}{more}"
            );
            effects.Add(new SessionEffect.Emit(new VenueEvent.Noted("subscriptions_refused", text)));
        }

        lastRefused = refused;
        IsPlanned = true;
        NextDueMonotonicMs = long.MinValue;
    }

    /// <summary>Sends what there is room for and looks after acknowledgements; tells why the socket is to be given up, or null.</summary>
    public string? Tick(SocketLink link, in Now now, IEffectSink<SessionEffect> effects)
    {
        string? problem = Overdue(now, effects);
        int room = link.Room(now);
        while (outgoing.Count > 0 && room-- > 0)
        {
            (bool isSubscribe, SubscriptionKey key) = outgoing.Dequeue();
            if (isSubscribe && entries.TryGetValue(key, out Entry? entry))
            {
                entry.Attempts++;
                entry.AckDueMs = now.MonotonicMs + settings.AckTimeoutMs;
            }

            link.Send(InfoBody.Subscription(isSubscribe, key, user), now, effects);
        }

        long due = outgoing.Count > 0 ? link.RoomAtMs : long.MaxValue;
        foreach (Entry entry in entries.Values)
        {
            due = Math.Min(due, entry.AckDueMs);
        }

        NextDueMonotonicMs = due;
        return problem;
    }

    /// <summary>The venue acknowledged; true when that is news.</summary>
    public bool Acknowledged(SubscriptionMessage message, out SubscriptionKey key)
    {
        if (
            !SubscriptionKey.TryMake(message.Type, message.Coin, message.Interval, out key)
            || !message.IsSubscribe
            || !entries.TryGetValue(key, out Entry? entry)
            || (key.IsAccount && !IsUser(message.User))
        )
        {
            return false;
        }

        bool isNews = !entry.IsActive;
        entry.IsActive = true;
        entry.AckDueMs = long.MaxValue;
        return isNews;
    }

    /// <summary>The venue complained. "Already subscribed" is as good as an acknowledgement; true when that is news.</summary>
    public bool Complained(string text, IEffectSink<SessionEffect> effects, out SubscriptionKey key)
    {
        key = default;
        int brace = text.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0 || !TryRead(text[brace..], out SubscriptionMessage? message))
        {
            return false;
        }

        if (text.StartsWith("Already subscribed", StringComparison.Ordinal))
        {
            return Acknowledged(message, out key);
        }

        if (
            text.StartsWith("Invalid subscription", StringComparison.Ordinal)
            && SubscriptionKey.TryMake(message.Type, message.Coin, message.Interval, out key)
            && !key.IsAccount
            && entries.TryGetValue(key, out Entry? entry)
        )
        {
            entry.AckDueMs = long.MaxValue;
            lost.Enqueue(key);
            Note("subscription_invalid", $"the venue has no stream {key}", effects);
        }

        return false;
    }

    /// <summary>A market stream that will not come, told once.</summary>
    public bool TryTakeLost(out SubscriptionKey key) => lost.TryDequeue(out key);

    private string? Overdue(in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach ((SubscriptionKey key, Entry entry) in entries)
        {
            if (entry.AckDueMs > now.MonotonicMs)
            {
                continue;
            }

            if (key.IsAccount)
            {
                return $"no acknowledgement of {key}";
            }

            entry.AckDueMs = long.MaxValue;
            if (entry.Attempts < MaxAttempts || entry.IsPausing)
            {
                entry.IsPausing = false;
                outgoing.Enqueue((true, key));
                continue;
            }

            if (entry.Attempts == MaxAttempts)
            {
                lost.Enqueue(key);
                Note("subscription_lost", $"{key} was not acknowledged; it is tried again every minute", effects);
            }

            entry.IsPausing = true;
            entry.AckDueMs = now.MonotonicMs + RetryLostMs;
        }

        return null;
    }

    private List<SubscriptionKey> Order()
    {
        List<SubscriptionKey> order = [];
        HashSet<SubscriptionKey> seen = [];
        if (user is not null)
        {
            order.AddRange(AccountChannels.Select(c => new SubscriptionKey(c)));
        }

        if (!CanReadPrices)
        {
            return order;
        }

        if (wanted.Mids)
        {
            order.Add(new SubscriptionKey(VenueChannel.Mids));
        }

        SubscriptionKey[] market =
        [
            .. wanted.Quotes.Select(s => new SubscriptionKey(VenueChannel.Quote, s)),
            .. wanted.Candles.Select(c => new SubscriptionKey(VenueChannel.Candle, c.Symbol, c.Interval.Name)),
        ];
        foreach (SubscriptionKey key in market.Where(IsHeld).Concat(market))
        {
            if (seen.Add(key))
            {
                order.Add(key);
            }
        }

        return order;
    }

    private bool IsHeld(SubscriptionKey key) => key.Symbol is { } symbol && held.Contains(symbol, StringComparer.Ordinal);

    private bool IsUser(string? address) =>
        address is null || string.Equals(address, user?.ToString(), StringComparison.OrdinalIgnoreCase);

    private static bool TryRead(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SubscriptionMessage? message)
    {
        WireReader reader = new(Encoding.UTF8.GetBytes(json));
        message = ControlReaders.Subscribed(ref reader);
        return reader.IsOk;
    }

    private static void Note(string code, string text, IEffectSink<SessionEffect> effects) =>
        effects.Add(new SessionEffect.Emit(new VenueEvent.Noted(code, text)));

    private sealed class Entry
    {
        public bool IsActive { get; set; }

        public int Attempts { get; set; }

        /// <summary>It was tried often enough for now.</summary>
        public bool IsPausing { get; set; }

        public long AckDueMs { get; set; } = long.MaxValue;
    }
}
