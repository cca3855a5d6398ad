namespace Kedge.Simulation.Network;

/// <summary>How a request ended for its client.</summary>
public enum RequestResult
{
    /// <summary>There is an answer.</summary>
    Answered,

    /// <summary>No answer within the client's time. It may have landed, and may land yet.</summary>
    TimedOut,

    /// <summary>Nobody served the address: it did not land.</summary>
    Refused,

    /// <summary>The connection was reset while the client waited. It may have landed.</summary>
    Reset,
}
