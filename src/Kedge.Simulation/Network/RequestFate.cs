using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Network;

/// <summary>The one fault a request is to meet, settled when it is sent.</summary>
internal readonly record struct RequestFate(FaultKind? Kind, long DelayUs, string Cause)
{
    public static bool IsOfARequest(FaultKind kind) => kind is >= FaultKind.RequestLost and <= FaultKind.ResponseDelayed;
}
