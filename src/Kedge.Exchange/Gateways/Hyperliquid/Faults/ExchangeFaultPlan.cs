namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What is to go wrong at a simulated venue, how often, and when. The same plan and the same inputs give the same faults.</summary>
public sealed record ExchangeFaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static ExchangeFaultPlan None { get; } = new();

    /// <summary>Where the draws come from. Each kind draws on its own, so that one more kind leaves the others as they were.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Time from the first event under this plan until something may go wrong, milliseconds, 0…30 days.</summary>
    public long StartsAfterMs { get; init; }

    /// <summary>Time from the first event until nothing new goes wrong and everything held is let go, milliseconds, 0…30 days; 0 for never.</summary>
    public long StopsAfterMs { get; init; }

    /// <summary>How far the venue's clock steps, forward or back.</summary>
    public DurationRange ClockStep { get; init; } = new(100, 30_000);

    /// <summary>Instruments that are never delisted: so many are left, at least 0.</summary>
    public int ListedMin { get; init; } = 1;

    /// <summary>Kinds that happen by themselves; those that are absent do not.</summary>
    public IReadOnlyDictionary<FaultKind, FaultRate> Rates { get; init; } = new Dictionary<FaultKind, FaultRate>();

    /// <summary>The first thing that is wrong with the plan, by the names of its file form; null when it can be carried out.</summary>
    public string? Check()
    {
        if (StartsAfterMs is < 0 or > DurationRange.MaxMs)
        {
            return "starts_after must be 0 to 30 days";
        }

        if (StopsAfterMs is < 0 or > DurationRange.MaxMs)
        {
            return "stops_after must be 0 to 30 days";
        }

        if (StopsAfterMs != 0 && StopsAfterMs < StartsAfterMs)
        {
            return "stops_after must not be before starts_after";
        }

        if (!ClockStep.IsValid)
        {
            return "clock_step must be a range within 0 to 30 days";
        }

        if (ListedMin is < 0 or > Core.Bounds.SymbolsMax)
        {
            return $"listed_min must be 0 to {Core.Bounds.SymbolsMax}";
        }

        return Rates
            .OrderBy(pair => pair.Key)
            .Select(pair => CheckRate(pair.Key, pair.Value))
            .FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>What is wrong with one rate, or null.</summary>
    internal static string? CheckRate(FaultKind kind, FaultRate rate)
    {
        if (!Enum.IsDefined(kind))
        {
            return $"faults: {kind} is no kind of fault";
        }

        string word = $"faults.{FaultWords.Word(kind)}";
        bool isDaily = FaultWords.Rhythm(kind) == FaultRhythm.Day;
        return !(rate.Chance is >= 0 and <= 1) ? $"{word}.chance must be 0 to 1"
            : !(rate.PerDay is >= 0 and <= FaultRate.PerDayMax) ? $"{word}.per_day must be 0 to {FaultRate.PerDayMax:0}"
            : isDaily && rate.Chance != 0 ? $"{word} is counted by days: give per_day, not chance"
            : !isDaily && rate.PerDay != 0 ? $"{word} is counted one by one: give chance, not per_day"
            : rate.Lasts is { IsValid: false } ? $"{word}.for must be a range within 0 to 30 days"
            : rate.Lasts is not null && !FaultWords.HasDuration(kind) ? $"{word} takes no for"
            : null;
    }
}
