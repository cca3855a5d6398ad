namespace Kedge.Trading.Risk;

/// <summary>Something people should hear of.</summary>
/// <param name="Key">Stable name of what happened, e.g. <c>kill_file_unknown</c>.</param>
/// <param name="Text">What happened, where, and what to do.</param>
public readonly record struct RiskAlert(string Key, string Text);
