using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>A request as its server sees it.</summary>
public sealed class SimRequest
{
    private readonly SimRequests _requests;

    internal SimRequest(SimRequests requests, long number, SimProcess client, string address, string path, byte[] body)
    {
        _requests = requests;
        Number = number;
        Client = client;
        ClientLife = client.Starts;
        Address = address;
        Path = path;
        Body = body;
    }

    /// <summary>Number of the request, from 1 on this network; what the fault log calls it.</summary>
    public long Number { get; }

    /// <summary>Who sent it.</summary>
    public SimProcess Client { get; }

    /// <summary>Where it was sent.</summary>
    public string Address { get; }

    /// <summary>What is asked for, for example <c>/info</c>.</summary>
    public string Path { get; }

    /// <summary>The body. The server must not change it.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    internal int ClientLife { get; }

    internal Action<long, RequestOutcome> Completed { get; init; } = null!;

    internal RequestFate Fate { get; init; }

    internal SimRandom Latency { get; init; } = null!;

    internal SimProcess? Server { get; set; }

    internal int ServerLife { get; set; }

    internal bool IsOnItsWay { get; set; } = true;

    internal bool ClientIsDone { get; set; }

    internal SimEventHandle Timeout { get; set; }

    internal RequestOutcome Answer { get; set; }

    internal bool IsAborted { get; set; }

    /// <summary>Answers it, now or later, once. The body is copied.</summary>
    /// <param name="status">Status in the words of the protocol, for example 200 or 429.</param>
    /// <param name="body">Body of the answer.</param>
    public void Respond(int status, ReadOnlySpan<byte> body) => _requests.Respond(this, status, body);

    /// <summary>Ends the connection without an answer, now or later, instead of answering: the client sees a reset.</summary>
    public void Abort() => _requests.Abort(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Client.Name}>{Address}{Path}#{Number}";
}
