using System.Globalization;
using Kedge.Model;

namespace Kedge.Cli.Sweep;

/// <summary>A size of memory as one types it: <c>512m</c>, <c>2g</c>, <c>1.5g</c>.</summary>
internal static class MemorySize
{
    private const long Least = 16L << 20;
    private const long LeastUsual = 384L << 20;
    private const int PartOfMachine = 4;

    /// <summary>Reads a size; a quarter of the machine when none is given, and 384 MiB at least then.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">What was typed; null for nothing.</param>
    /// <exception cref="KedgeException">It is no size, or less than 16 MiB (exit 2).</exception>
    public static long Parse(string option, string? text)
    {
        if (text is null)
        {
            return Math.Max(LeastUsual, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / PartOfMachine);
        }

        string number = text.TrimEnd('k', 'K', 'm', 'M', 'g', 'G', 'i', 'b', 'B');
        string unit = text[number.Length..].ToLowerInvariant();
        double factor = unit switch
        {
            "k" or "kb" or "kib" => 1L << 10,
            "m" or "mb" or "mib" => 1L << 20,
            "g" or "gb" or "gib" => 1L << 30,
            _ => 0.0,
        };
        bool reads = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        double bytes = value * factor;
        return reads && bytes >= Least && bytes < long.MaxValue
            ? (long)bytes
            : throw KedgeException.Usage($"{option}: '{text}' is no size of 16m or more; write 512m or 2g");
    }
}
