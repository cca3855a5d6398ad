using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Network;

/// <summary>The draws of the requests of one client to one address, a stream for each purpose.</summary>
internal sealed class RequestDice(SimRandom random)
{
    private readonly SimRandom[] _faults =
    [
        random.Fork("request lost"),
        random.Fork("request reset"),
        random.Fork("request delayed"),
        random.Fork("response lost"),
        random.Fork("response reset"),
        random.Fork("response delayed"),
    ];

    public SimRandom Latency { get; } = random.Fork("latency");

    public SimRandom Delay { get; } = random.Fork("delay");

    public FaultKind? Next(RequestFaults faults)
    {
        ReadOnlySpan<double> shares =
        [
            faults.RequestLostShare,
            faults.RequestResetShare,
            faults.RequestDelayedShare,
            faults.ResponseLostShare,
            faults.ResponseResetShare,
            faults.ResponseDelayedShare,
        ];
        FaultKind? first = null;
        for (int i = 0; i < shares.Length; i++)
        {
            if (_faults[i].Chance(shares[i]))
            {
                first ??= FaultKind.RequestLost + i;
            }
        }

        return first;
    }
}
