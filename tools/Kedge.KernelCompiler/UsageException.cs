namespace Kedge.KernelCompiler;

/// <summary>The command line makes no sense.</summary>
/// <param name="message">What is wrong with it, and what is expected.</param>
public sealed class UsageException(string message) : Exception(message);
