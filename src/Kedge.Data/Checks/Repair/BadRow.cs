namespace Kedge.Data.Checks.Repair;

/// <summary>A stored row that cannot be right.</summary>
/// <param name="OpenMs">Its open time as stored.</param>
/// <param name="Reason">The rule it breaks, in words.</param>
/// <param name="IsDouble">The only fault is that its open time is there more than once.</param>
public readonly record struct BadRow(long OpenMs, string Reason, bool IsDouble = false);
