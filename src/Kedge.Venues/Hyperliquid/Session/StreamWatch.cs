using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Ages of streams. A market stream is as old as its last message; a stream of the account, which is silent while nothing happens, as old as its last
/// message or the last comparison with the venue that found it right.
/// </summary>
internal sealed class StreamWatch(SessionSettings settings)
{
    private const long StepMs = 1_000;

    private readonly Dictionary<SubscriptionKey, Age> ages = [];

    /// <summary>Streams that were told to be stale when the socket ended: the end of that is told when they begin anew.</summary>
    private readonly HashSet<SubscriptionKey> toldStale = [];

    /// <summary>When <see cref="Tick"/> is to be called next.</summary>
    public long NextDueMonotonicMs { get; private set; } = long.MaxValue;

    /// <summary>A stream begins.</summary>
    public void Begin(SubscriptionKey key, in Now now)
    {
        Alive(key, now);
        bool wasStale = toldStale.Remove(key);
        if (wasStale)
        {
            ages[key] = new Age { AtMs = now.MonotonicMs, IsStale = true };
        }

        NextDueMonotonicMs = Math.Min(NextDueMonotonicMs, now.MonotonicMs + (wasStale ? 0 : Limit(key)));
    }

    /// <summary>A stream is wanted no more.</summary>
    public void Forget(Func<SubscriptionKey, bool> isOn)
    {
        foreach (SubscriptionKey key in ages.Keys.Where(k => !isOn(k)).ToArray())
        {
            ages.Remove(key);
        }
    }

    /// <summary>All streams ended with the socket.</summary>
    public void Clear()
    {
        toldStale.UnionWith(ages.Where(entry => entry.Value.IsStale).Select(entry => entry.Key));
        ages.Clear();
        NextDueMonotonicMs = long.MaxValue;
    }

    /// <summary>A stream of a key spoke, or was found right.</summary>
    public void Alive(SubscriptionKey key, in Now now)
    {
        ref Age age = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(ages, key, out _);
        age.AtMs = now.MonotonicMs;
        if (age.IsStale)
        {
            NextDueMonotonicMs = Math.Min(NextDueMonotonicMs, now.MonotonicMs);
        }
    }

    /// <summary>As <see cref="Alive"/> for a stream that was begun; others are left alone.</summary>
    public void Spoke(SubscriptionKey key, in Now now)
    {
        if (ages.ContainsKey(key))
        {
            Alive(key, now);
        }
    }

    /// <summary>A stream was found wrong: it is stale whatever its age.</summary>
    public void Wrong(SubscriptionKey key, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (ages.TryGetValue(key, out Age age) && !age.IsStale)
        {
            age.IsStale = true;
            age.AtMs = Math.Min(age.AtMs, now.MonotonicMs - Limit(key));
            ages[key] = age;
            Tell(key, age, now, effects);
        }
    }

    /// <summary>Tells what became stale or speaks again; true when a stream of the account became stale.</summary>
    public bool Tick(in Now now, IEffectSink<SessionEffect> effects)
    {
        if (now.MonotonicMs < NextDueMonotonicMs)
        {
            return false;
        }

        bool isAccountStale = false;
        long due = long.MaxValue;
        foreach (SubscriptionKey key in ages.Keys.ToArray())
        {
            Age age = ages[key];
            bool isStale = now.MonotonicMs - age.AtMs >= Limit(key);
            bool isNews = isStale != age.IsStale;
            if (isNews)
            {
                age.IsStale = isStale;
                ages[key] = age;
                Tell(key, age, now, effects);
                isAccountStale |= isStale && key.IsAccount;
            }

            due = isStale ? due : Math.Min(due, age.AtMs + Limit(key));
        }

        // Streams that age together are looked at together; what speaks again is told at once.
        NextDueMonotonicMs = due == long.MaxValue ? due : Math.Max(due, now.MonotonicMs + StepMs);
        return isAccountStale;
    }

    private static void Tell(SubscriptionKey key, in Age age, in Now now, IEffectSink<SessionEffect> effects) =>
        effects.Add(
            new SessionEffect.Emit(
                new VenueEvent.StreamAged(key.Channel, key.Symbol, age.IsStale, Math.Max(0, now.MonotonicMs - age.AtMs))
            )
        );

    private long Limit(SubscriptionKey key) =>
        key.Channel switch
        {
            VenueChannel.Mids => settings.MidsStaleMs,
            VenueChannel.Quote => settings.QuoteStaleMs,
            VenueChannel.Candle => settings.CandleStaleMs,
            VenueChannel.Fills => Math.Max(settings.AccountStaleMs, 3L * settings.AuditEveryMs),
            VenueChannel.Orders => Math.Max(settings.AccountStaleMs, 3L * settings.OrderAuditEveryMs),
            _ => Math.Max(settings.AccountStaleMs, 3L * settings.SlowAuditEveryMs),
        };

    private struct Age
    {
        public long AtMs;
        public bool IsStale;
    }
}
