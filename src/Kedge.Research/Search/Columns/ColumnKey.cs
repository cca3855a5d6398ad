namespace Kedge.Research.Search.Columns;

/// <summary>What names an indicator column: its kind and windows. Configurations that agree on it share the column.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Window">Its window; 0 when it has none.</param>
/// <param name="Second">Second window, of kinds that are made from another column; 0 when there is none.</param>
/// <param name="Third">Third window; 0 when there is none.</param>
public readonly record struct ColumnKey(ColumnKind Kind, int Window, int Second = 0, int Third = 0);
