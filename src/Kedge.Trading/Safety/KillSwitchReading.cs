namespace Kedge.Trading.Safety;

/// <summary>What environment and kill file say at one moment, as text. Nothing in it is interpreted yet.</summary>
/// <param name="Switch"><c>AI_QUANT_KILL_SWITCH</c>; null when not set.</param>
/// <param name="SwitchMode"><c>AI_QUANT_KILL_SWITCH_MODE</c>; null when not set.</param>
/// <param name="HardSwitch"><c>AI_QUANT_HARD_KILL_SWITCH</c>; null when not set.</param>
/// <param name="File">Content of the file that <c>AI_QUANT_KILL_SWITCH_FILE</c> names; null when there is no such file.</param>
/// <param name="FileError">Why the file could not be read; null when it could, or is not there.</param>
public sealed record KillSwitchReading(
    string? Switch,
    string? SwitchMode,
    string? HardSwitch,
    string? File,
    string? FileError = null
)
{
    /// <summary>Longest content of a file that is looked at; more is unknown content.</summary>
    public const int MaxFileChars = 4096;

    /// <summary>Nothing set, no file.</summary>
    public static KillSwitchReading None { get; } = new(null, null, null, null);
}
