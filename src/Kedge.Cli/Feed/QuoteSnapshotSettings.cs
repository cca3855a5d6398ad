using System.Globalization;
using Kedge.Data.Feed.Quotes;
using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>Whether and how quotes are kept: <c>--bbo-snapshots</c> or <c>AI_QUANT_BBO_SNAPSHOTS_ENABLE</c>, and the variables beside it.</summary>
internal static class QuoteSnapshotSettings
{
    private const string Prefix = "AI_QUANT_BBO_SNAPSHOTS_";

    /// <summary>How; null when they are not kept.</summary>
    /// <param name="option">The option was given.</param>
    /// <param name="folder">Folder of the candle databases.</param>
    /// <param name="environment">Reads a variable; null when it is not set.</param>
    /// <exception cref="KedgeException">A variable is no number (exit 2).</exception>
    public static QuoteSnapshotOptions? Read(bool option, string folder, Func<string, string?> environment)
    {
        if (!option && !IsTrue(environment(Prefix + "ENABLE")))
        {
            return null;
        }

        string path = environment(Prefix + "DB_PATH") is { Length: > 0 } given ? given : Path.Combine(folder, "bbo_snapshots.db");
        QuoteSnapshotOptions defaults = new() { Path = path };
        return defaults with
        {
            SampleMs = Number("SAMPLE_MS", defaults.SampleMs, 1),
            RetentionHours = Number("RETENTION_HOURS", defaults.RetentionHours, 1),
            SweepSeconds = Number("RETENTION_SWEEP_SECS", defaults.SweepSeconds, 30),
            MaxQueue = Number("MAX_QUEUE", defaults.MaxQueue, 1),
        };

        int Number(string name, int otherwise, int least) =>
            environment(Prefix + name) is not { Length: > 0 } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 1_000_000_000
                ? Math.Max(least, value)
            : throw KedgeException.Usage($"{Prefix}{name}: '{text}' is no whole number from {least} to 1000000000");
    }

    private static bool IsTrue(string? text) => text?.Trim().ToUpperInvariant() is "1" or "TRUE" or "YES" or "Y" or "ON";
}
