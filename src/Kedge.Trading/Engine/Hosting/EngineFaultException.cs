namespace Kedge.Trading.Engine.Hosting;

/// <summary>The engine failed while it handled what somebody asked: whether and how far it was done is not known.</summary>
/// <param name="cause">The fault, with which <see cref="EngineHost.Ended"/> ends too.</param>
public sealed class EngineFaultException(Exception cause) : Exception("The engine failed while it handled this.", cause);
