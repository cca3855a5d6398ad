using Kedge.Model;

namespace Kedge.Simulation.Trading;

/// <summary>How faults are asked for by name.</summary>
public static class LaneFaultNames
{
    private const string Day = "day";
    private const string None = "none";
    internal const string ThinBook = "ThinBook";
    internal const string CancelCrossed = "CancelCrossed";
    private const string OpenEnded = "OpenEnded";

    /// <summary>Every fault of a day, as it is named in results.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. LaneFaults
            .Day.PerDay.Keys.Select(f => f.ToString())
            .Concat(LaneFaults.Day.Shares.Keys.Select(f => f.ToString()))
            .Concat([ThinBook, CancelCrossed, OpenEnded])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads <c>day</c>, <c>none</c>, or names of faults, comma separated, each at the rate it has in a day.</summary>
    /// <exception cref="KedgeException">There is no fault of a name (exit 2).</exception>
    public static LaneFaults Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (names)
        {
            case [Day]:
                return LaneFaults.Day;
            case [None]:
                return LaneFaults.None;
            case []:
                throw KedgeException.Usage("--faults: it is empty; give day, none, or names of faults");
        }

        HashSet<string> wanted = new(names, StringComparer.OrdinalIgnoreCase);
        string? unknown = names.FirstOrDefault(n => !All.Contains(n, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            throw KedgeException.Usage(
                $"--faults: '{unknown}' is none; there are day, none, and of one's own choice {string.Join(", ", All)}"
            );
        }

        return new LaneFaults
        {
            PerDay = LaneFaults.Day.PerDay.Where(f => wanted.Contains(f.Key.ToString())).ToDictionary(f => f.Key, f => f.Value),
            Shares = LaneFaults.Day.Shares.Where(f => wanted.Contains(f.Key.ToString())).ToDictionary(f => f.Key, f => f.Value),
            ThinBookShare = wanted.Contains(ThinBook) ? LaneFaults.Day.ThinBookShare : 0.0,
            ThinBookBesidePartialShare = wanted.Contains(ThinBook) ? LaneFaults.Day.ThinBookBesidePartialShare : 0.0,
            CancelCrossesShare = wanted.Contains(CancelCrossed) ? LaneFaults.Day.CancelCrossesShare : 0.0,
            LateTellingShare = LaneFaults.Day.LateTellingShare,
            OpenEndedEvery = wanted.Contains(OpenEnded) ? LaneFaults.Day.OpenEndedEvery : 0,
        };
    }
}
