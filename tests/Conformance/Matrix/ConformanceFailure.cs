namespace Kedge.Conformance.Matrix;

/// <summary>A venue broke a row.</summary>
internal sealed class ConformanceFailure(string message) : Exception(message);
