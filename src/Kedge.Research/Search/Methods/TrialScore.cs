using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Methods;

/// <summary>What a search ranks configurations by: an objective, and trades a configuration must have to be ranked at all.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="MinTrades">Exits below which a row is worse than any that has them.</param>
public sealed record TrialScore(SweepObjective Objective, int MinTrades)
{
    /// <summary>Score of a row; not-a-number, which is worst, with too few trades.</summary>
    public double Of(SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.All.Trades >= MinTrades ? Objective.Of(row) : double.NaN;
    }

    /// <summary>Score of a row that was read back: the same number.</summary>
    public double Of(ResultLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Number("total_trades") >= MinTrades ? Objective.Of(line) : double.NaN;
    }

    /// <summary>A row that was read back, as rankings keep it.</summary>
    public RankedRow Ranked(ResultLine line)
    {
        return RankedRow.Of(line, Of(line));
    }
}
