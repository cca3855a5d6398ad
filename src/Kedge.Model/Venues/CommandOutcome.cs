namespace Kedge.Model.Venues;

/// <summary>How a command ended that is no order.</summary>
public enum CommandOutcome
{
    /// <summary>The venue did it.</summary>
    Done,

    /// <summary>The venue refused it: nothing changed.</summary>
    Refused,

    /// <summary>Nobody knows: it may or may not have been done.</summary>
    Unknown,
}
