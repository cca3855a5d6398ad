namespace Kedge.Simulation.Network;

/// <summary>What became of a send.</summary>
public enum SendResult
{
    /// <summary>The machine has the bytes. Whether the peer ever gets them is another matter.</summary>
    Taken,

    /// <summary>The buffer is full: nothing was taken.</summary>
    Full,

    /// <summary>The connection is not open at this end: nothing was taken.</summary>
    NotOpen,
}
