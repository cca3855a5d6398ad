namespace Kedge.Simulation.Crashes;

/// <summary>At which moment of an operation the process ends.</summary>
public enum CrashWhen
{
    /// <summary>Nothing of the operation has happened.</summary>
    Before,

    /// <summary>A part of it has, as the seed says: a write is torn, a call went out or did not.</summary>
    During,

    /// <summary>All of it has, and nobody was told.</summary>
    After,
}
