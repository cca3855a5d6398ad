using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kedge.Research.Replay;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Results;

/// <summary>What makes two runs of a search write the same bytes. Executor, threads and memory are no part of it.</summary>
public static class RunIdentity
{
    private const string Format = "kedge-sweep-1";

    /// <summary>SHA-256 in lower-case hex over lines that name everything a row depends on.</summary>
    /// <param name="job">What runs.</param>
    /// <param name="configId">Id of the base configuration.</param>
    /// <param name="dataHash">Hash of the candles.</param>
    /// <param name="mode">Form of the rows, and whether overrides are verified in them.</param>
    public static string Of(SweepJob job, string configId, string dataHash, string mode)
    {
        ArgumentNullException.ThrowIfNull(job);
        ReplayInput input = job.Input;
        StringBuilder lines = new();
        lines.Append(Format).Append('\n').Append(configId).Append('\n').Append(dataHash).Append('\n').Append(mode).Append('\n');
        lines.Append(CultureInfo.InvariantCulture, $"{input.FromMs} {input.ToMs} {input.Lookback} {input.InitialBalance:R}\n");
        lines.AppendJoin(' ', input.Main.Symbols).Append('\n');
        foreach (SweepAxis axis in job.Space.Grid.Axes)
        {
            lines.Append(axis.Path);
            foreach (double value in axis.Values)
            {
                lines.Append(CultureInfo.InvariantCulture, $" {value:R}");
            }

            if (axis.Gate is { } gate)
            {
                lines.Append(CultureInfo.InvariantCulture, $" when {gate.Path} {gate.Equal:R}");
            }

            lines.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
