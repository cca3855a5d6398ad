namespace Kedge.Simulation.Trading;

/// <summary>What a lane goes through while it is killed at a crash point: each point is reached in one of them.</summary>
public enum CrashStory
{
    /// <summary>Orders every few minutes, nothing goes wrong, and once the program is stopped and started by hand.</summary>
    Calm,

    /// <summary>Everything goes wrong that can happen in a day, some ten times as often.</summary>
    Busy,

    /// <summary>The disk is full for minutes at a time: exits go through the emergency file.</summary>
    FullDisk,
}
