namespace Kedge.Cli.Hosting;

/// <summary>A clock that no setting of the machine's clock moves.</summary>
internal static class Monotonic
{
    private static readonly long Start = TimeProvider.System.GetTimestamp();

    /// <summary>Milliseconds since the program began to look.</summary>
    public static long NowMs => (long)TimeProvider.System.GetElapsedTime(Start).TotalMilliseconds;
}
