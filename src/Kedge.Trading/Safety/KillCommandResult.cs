namespace Kedge.Trading.Safety;

/// <summary>What became of a <see cref="KillCommand"/>.</summary>
public enum KillCommandResult
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Nothing to do: the latch is as it was ordered already, or is not set.</summary>
    Unchanged = 1,

    /// <summary>A command with this id was obeyed before.</summary>
    AlreadyObeyed = 2,

    /// <summary>It stops exits and was not confirmed: <c>close_only</c> was latched in its place.</summary>
    NotConfirmed = 3,

    /// <summary>The cause of the latch is still there, and ends only with it.</summary>
    CauseRemains = 4,
}
