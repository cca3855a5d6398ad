namespace Kedge.KernelCompiler.Native;

/// <summary>A compiler refused what it was given, or its output may not be used.</summary>
/// <param name="message">Which one, and what it said.</param>
public sealed class ToolchainException(string message) : Exception(message);
