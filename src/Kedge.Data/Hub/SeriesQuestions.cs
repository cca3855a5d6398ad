namespace Kedge.Data.Hub;

/// <summary>What was asked about a series, and when it may be asked again. All times are monotonic milliseconds.</summary>
internal sealed class SeriesQuestions
{
    /// <summary>A question to the databases is unanswered.</summary>
    public bool IsStoreAsked { get; set; }

    /// <summary>When it was asked.</summary>
    public long StoreSentMs { get; set; }

    /// <summary>When the databases are to be asked next.</summary>
    public long StoreDueMs { get; set; }

    /// <summary>When the last question that was answered was asked; 0 for never.</summary>
    public long StoreAskedMs { get; set; }

    /// <summary>Answers in a row that brought nothing.</summary>
    public int StoreMisses { get; set; }

    /// <summary>Bars before the next one that are to be looked at again, because they may have been revised.</summary>
    public int LookBackBars { get; set; }

    /// <summary>When bars are to be looked at again in any case, because corrections may have been missed.</summary>
    public long LookAgainMs { get; set; }

    /// <summary>A question to the venue is unanswered.</summary>
    public bool IsRestAsked { get; set; }

    /// <summary>When the venue may be asked next.</summary>
    public long RestDueMs { get; set; }

    /// <summary>Questions in a row that failed.</summary>
    public int RestFailures { get; set; }
}
