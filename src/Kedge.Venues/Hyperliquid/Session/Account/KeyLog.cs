namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Keys in order of arrival, of which any number of unchanging copies can be taken at no cost: a copy is a stretch of the same array, and what is
/// in it is never written again. Every fill carries such a copy, and thousands of fills may be waiting to be kept. Keys that are no longer
/// needed may stay for a while, never more of them than there are others.
/// </summary>
/// <typeparam name="TKey">A key.</typeparam>
internal sealed class KeyLog<TKey>
    where TKey : notnull
{
    private const int Least = 16;

    private TKey[] keys = [];
    private int start;
    private int end;

    /// <summary>The keys as they are now; stays so.</summary>
    public ArraySegment<TKey> Copy() => new(keys, start, end - start);

    /// <summary>Adds one.</summary>
    public void Add(TKey key)
    {
        if (end == keys.Length)
        {
            TKey[] larger = new TKey[Math.Max(Least, 2 * (end - start))];
            Array.Copy(keys, start, larger, 0, end - start);
            (keys, end, start) = (larger, end - start, 0);
        }

        keys[end++] = key;
    }

    /// <summary>Lets go of keys that are not in <paramref name="wanted"/>.</summary>
    public void Trim(Dictionary<TKey, long> wanted)
    {
        while (start < end && !wanted.ContainsKey(keys[start]))
        {
            start++;
        }

        if (end - start <= (2 * wanted.Count) + Least)
        {
            return;
        }

        TKey[] left = new TKey[2 * wanted.Count + Least];
        int count = 0;
        for (int i = start; i < end; i++)
        {
            if (wanted.ContainsKey(keys[i]))
            {
                left[count++] = keys[i];
            }
        }

        (keys, end, start) = (left, count, 0);
    }
}
