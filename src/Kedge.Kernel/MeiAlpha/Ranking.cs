namespace Kedge.Kernel.MeiAlpha;

/// <summary>Order in which entries are executed.</summary>
public static unsafe class Ranking
{
    /// <summary>Confidence rank × 100 + ADX.</summary>
    public static double Score(Confidence confidence, double adx) => (int)confidence * 100.0 + adx;

    /// <summary>Sorts candidates by score, highest first; ties by symbol rank. Insertion sort: the list is short.</summary>
    public static void Sort(Candidate* candidates, int count)
    {
        for (int i = 1; i < count; i++)
        {
            Candidate c = candidates[i];
            int j = i - 1;
            while (j >= 0 && Precedes(c, candidates[j]))
            {
                candidates[j + 1] = candidates[j];
                j--;
            }

            candidates[j + 1] = c;
        }
    }

    private static bool Precedes(in Candidate a, in Candidate b) =>
        a.Score > b.Score || (a.Score == b.Score && a.Symbol < b.Symbol);
}
