namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>How a request ended.</summary>
internal enum RequestEnd
{
    /// <summary>The venue, or something before it, answered with an HTTP status.</summary>
    Answered,

    /// <summary>There is no answer and will be none; <see cref="RequestAnswer.WasSent"/> says whether anything left this machine.</summary>
    Failed,

    /// <summary>It was given up while it waited, or its body could not be made: nothing was sent.</summary>
    Dropped,
}
