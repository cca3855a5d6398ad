using Kedge.Kernel;

namespace Kedge.Trading.Engine;

/// <summary>What an engine keeps of one symbol beside the kernel's memory.</summary>
internal sealed class SymbolDesk
{
    /// <summary>Bars that wait for an answer of the store, or for a bar before them; oldest first.</summary>
    public Queue<Bar> Waiting { get; } = new();

    /// <summary>Number of the question for bars that is under way; 0 when none is.</summary>
    public long LoadRequest { get; set; }

    /// <summary>Indicators are wrong until bars are loaded: they were revised, or their windows changed.</summary>
    public bool NeedsRebuild { get; set; }

    /// <summary>A bar that is not complete yet; taken when a later one comes before it is.</summary>
    public Bar? Incomplete { get; set; }

    /// <summary>Looks without a fresh price in a row, while held.</summary>
    public int StaleLooks { get; set; }

    /// <summary>The last refusal that was told, at which tick, of what: the same one is not told again.</summary>
    public int LastRefusal { get; set; }

    /// <summary>Its tick.</summary>
    public long LastRefusalMs { get; set; }

    /// <summary>What was refused.</summary>
    public OrderAction LastRefused { get; set; }

    /// <summary>Tick of the last entry that was ordered; the same one orders no second.</summary>
    public long LastEntryKeyMs { get; set; } = long.MinValue;

    /// <summary>Until when no entry follows one that failed, monotonic clock.</summary>
    public long BackoffUntilMs { get; set; }

    /// <summary>The venue has confirmed the position since the start; exits do not go out before.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Since when venue and ledger differ, monotonic clock; 0 when they do not.</summary>
    public long DifferenceSinceMs { get; set; }

    /// <summary>The difference: the venue's position less the ledger's, signed base units.</summary>
    public decimal Difference { get; set; }

    /// <summary>Consecutive answers that showed it.</summary>
    public int DifferenceAnswers { get; set; }

    /// <summary>When a fill of the symbol was last booked, monotonic clock.</summary>
    public long LastFillMs { get; set; } = long.MinValue / 2;

    /// <summary>Exits in a row that the venue refused because there was nothing to reduce.</summary>
    public int ExitsRefused { get; set; }

    /// <summary>Until when no exit follows one that was refused so, monotonic clock.</summary>
    public long ExitWaitUntilMs { get; set; }

    /// <summary>All full exits that may be sent are of unknown outcome, and it was told.</summary>
    public bool ExitsUsedUp { get; set; }
}
