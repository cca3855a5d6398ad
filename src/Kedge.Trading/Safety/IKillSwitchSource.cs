namespace Kedge.Trading.Safety;

/// <summary>Where the kill switches are read from. A driver asks at least once a second and hands on what changed.</summary>
public interface IKillSwitchSource
{
    /// <summary>Reads environment and file now. Never throws: what cannot be read is in <see cref="KillSwitchReading.FileError"/>.</summary>
    KillSwitchReading Read();
}
