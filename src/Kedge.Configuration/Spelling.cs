namespace Kedge.Configuration;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of some words by edit distance; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 120)
        {
            return null;
        }

        string? best = null;
        int bestDistance = Math.Max(2, word.Length / 4) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A key of the same name in another group, else the nearest key or group, else the first key that begins so.</summary>
    public static string? NearestPath(string path, IReadOnlyList<KeyDefinition> keys)
    {
        string leaf = path[(path.LastIndexOf('.') + 1)..];
        SortedSet<string> candidates = new(StringComparer.Ordinal);
        foreach (KeyDefinition key in keys)
        {
            int dot = key.Path.LastIndexOf('.');
            if (string.Equals(key.Path[(dot + 1)..], leaf, StringComparison.Ordinal))
            {
                return key.Path;
            }

            candidates.Add(key.Path);
            for (; dot > 0; dot = key.Path.LastIndexOf('.', dot - 1))
            {
                candidates.Add(key.Path[..dot]);
            }
        }

        return Nearest(path, candidates)
            ?? (leaf.Length > 1 ? keys.FirstOrDefault(k => k.Path.StartsWith(path, StringComparison.Ordinal))?.Path : null);
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    public static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, before[j - 2] + 1);
                }

                current[j] = best;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }
}
