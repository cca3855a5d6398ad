using System.Globalization;
using System.Runtime.InteropServices;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Trading.Engine;

namespace Kedge.Research.Audit;

/// <summary>What a session decided by, against a configuration and instruments: key by key, symbol by symbol.</summary>
internal static class RulesParity
{
    /// <summary>A key that differs alike in more symbols than this is told once.</summary>
    private const int MaxNamed = 3;

    /// <summary>Every difference.</summary>
    public static IReadOnlyList<ParityDifference> Compare(long segment, EngineRules session, EngineRules now)
    {
        List<ParityDifference> found = [];
        foreach (KeyDefinition key in KeyTable.Keys.Where(k => k.IsParameter))
        {
            CompareKey(segment, key, session, now, found);
        }

        for (int i = 0; i < session.Symbols.Count; i++)
        {
            CompareTerms(segment, session.Symbols[i], session.Terms?[i], now.Terms?[i], found);
        }

        Compare(segment, "lookback", session.Lookback, now.Lookback, found);
        Compare(segment, "interval", session.Main, now.Main, found);
        Compare(segment, "entry interval", session.Entry, now.Entry, found);
        Compare(segment, "exit interval", session.Exit, now.Exit, found);
        return found;
    }

    private static void CompareKey(
        long segment,
        KeyDefinition key,
        EngineRules session,
        EngineRules now,
        List<ParityDifference> found
    )
    {
        if (key.IsPortfolio)
        {
            Add("", session.Portfolio, now.Portfolio);
            return;
        }

        int[] different =
        [
            .. Enumerable.Range(0, session.Symbols.Count).Where(i => !Same(key, session.Parameters[i], now.Parameters[i])),
        ];
        foreach (
            IGrouping<(string, string), int> alike in different.GroupBy(i => Pair(key, session.Parameters[i], now.Parameters[i]))
        )
        {
            int[] of = [.. alike];
            if (of.Length <= MaxNamed)
            {
                Array.ForEach(of, i => Add(session.Symbols[i], session.Parameters[i], now.Parameters[i]));
                continue;
            }

            string whose = of.Length == session.Symbols.Count ? "" : $" ({of.Length} of {session.Symbols.Count} symbols)";
            found.Add(new(segment, 0, "", ParityClass.Configuration, key.Path + whose, alike.Key.Item1, alike.Key.Item2));
        }

        void Add(string symbol, in Parameters a, in Parameters b)
        {
            if (!Same(key, a, b))
            {
                (string was, string isNow) = Pair(key, a, b);
                found.Add(new(segment, 0, symbol, ParityClass.Configuration, key.Path, was, isNow));
            }
        }
    }

    private static void CompareTerms(
        long segment,
        string symbol,
        InstrumentTerms? session,
        InstrumentTerms? now,
        List<ParityDifference> found
    )
    {
        InstrumentTerms a = session ?? default;
        InstrumentTerms b = now ?? default;
        if (
            MemoryMarshal
                .AsBytes(new Span<InstrumentTerms>(ref a))
                .SequenceEqual(MemoryMarshal.AsBytes(new Span<InstrumentTerms>(ref b)))
        )
        {
            return;
        }

        (string what, string was, string isNow) =
            a.LotSize != b.LotSize ? ("lot size", Text(a.LotSize), Text(b.LotSize))
            : a.MinNotional != b.MinNotional ? ("minimum notional", Text(a.MinNotional), Text(b.MinNotional))
            : a.PriceStep != b.PriceStep ? ("price step", Text(a.PriceStep), Text(b.PriceStep))
            : a.SignificantFigures != b.SignificantFigures
                ? ("significant figures", Text(a.SignificantFigures), Text(b.SignificantFigures))
            : ("leverage and maintenance tiers", $"{a.TierCount} tiers", $"{b.TierCount} tiers, or other bounds");
        found.Add(new(segment, 0, symbol, ParityClass.Instrument, what, was, isNow));
    }

    private static void Compare<T>(long segment, string what, T session, T now, List<ParityDifference> found)
    {
        if (!EqualityComparer<T>.Default.Equals(session, now))
        {
            found.Add(
                new(segment, 0, "", ParityClass.Configuration, what, session?.ToString() ?? "none", now?.ToString() ?? "none")
            );
        }
    }

    private static bool Same(KeyDefinition key, in Parameters a, in Parameters b) =>
        key.Read(a).Number.Equals(key.Read(b).Number);

    private static (string, string) Pair(KeyDefinition key, in Parameters a, in Parameters b) =>
        (key.Format(key.Read(a)), key.Format(key.Read(b)));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
