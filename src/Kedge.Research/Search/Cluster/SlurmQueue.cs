using System.Globalization;

namespace Kedge.Research.Search.Cluster;

/// <summary>What <c>squeue</c> tells, read.</summary>
public static class SlurmQueue
{
    /// <summary>The columns to ask it for: number of the task, state, reason.</summary>
    public const string Format = "%K|%t|%r";

    /// <summary>Reads its lines.</summary>
    /// <param name="text">What it printed, a line a task.</param>
    /// <exception cref="FormatException">A line is none of these columns.</exception>
    public static IReadOnlyList<ArrayTask> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<ArrayTask> tasks = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] columns = line.Split('|');
            if (columns.Length != 3 || !int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out int shard))
            {
                throw new FormatException($"'{line}' is no task");
            }

            bool waits = columns[1] is "PD" or "RH" or "RQ" or "RD" or "SE";
            tasks.Add(new ArrayTask(shard, !waits, waits && columns[2] != "None" ? columns[2] : ""));
        }

        return tasks;
    }
}
