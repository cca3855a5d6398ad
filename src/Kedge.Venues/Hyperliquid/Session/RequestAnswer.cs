namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>The end of a request.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Status">HTTP status when it was answered, else 0.</param>
/// <param name="Body">Body when it was answered; valid during the call.</param>
/// <param name="WasSent">False only when it is certain that nothing left this machine.</param>
/// <param name="Reason">For people, when it was not answered.</param>
internal readonly record struct RequestAnswer(RequestEnd End, int Status, ReadOnlyMemory<byte> Body, bool WasSent, string Reason)
{
    /// <summary>Answered.</summary>
    public static RequestAnswer Answered(int status, ReadOnlyMemory<byte> body) =>
        new(RequestEnd.Answered, status, body, WasSent: true, string.Empty);

    /// <summary>Failed.</summary>
    public static RequestAnswer Failed(bool wasSent, string reason) => new(RequestEnd.Failed, 0, default, wasSent, reason);

    /// <summary>Dropped before sending.</summary>
    public static RequestAnswer Dropped(string reason) => new(RequestEnd.Dropped, 0, default, WasSent: false, reason);
}
