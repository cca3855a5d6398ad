namespace Kedge.Research.Reports;

/// <summary>What a JSON report holds besides its metrics.</summary>
public sealed record ReportJsonOptions
{
    /// <summary>Metrics only.</summary>
    public static ReportJsonOptions Default { get; } = new();

    /// <summary>Adds <c>trades</c>: every booking.</summary>
    public bool Trades { get; init; }

    /// <summary>Adds <c>equity_curve</c>: a list of [time, equity, balance].</summary>
    public bool EquityCurve { get; init; }

    /// <summary>Indents by two spaces; otherwise one line.</summary>
    public bool Indented { get; init; } = true;
}
